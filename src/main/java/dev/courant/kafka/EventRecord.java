package dev.courant.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.courant.event.Event;
import dev.courant.event.Topic;
import dev.courant.log.IdempotencyKey;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * An event as a record: its data is the value, all else is in headers, each of them UTF-8 text. Of those of a publisher's
 * key, {@code seen} is the offset up to which its node knew all keys when it sent the record.
 */
final class EventRecord {

    private static final String TOPIC = "topic";
    private static final String RESTRICTED = "private";
    private static final String ID = "id";
    private static final String TYPE = "type";
    private static final String RETRY = "retry";
    private static final String KEY = "key";
    private static final String DIGEST = "digest";
    private static final String SEEN = "seen";

    private EventRecord() {}

    /** @param seen counts with a key alone */
    static ProducerRecord<byte[], byte[]> of(String kafkaTopic, Event event, @Nullable IdempotencyKey once, long seen) {
        ProducerRecord<byte[], byte[]> made =
                new ProducerRecord<>(kafkaTopic, 0, null, event.data().getBytes(UTF_8));
        Headers headers = made.headers();
        event.topics().forEach(topic -> add(headers, TOPIC, topic.name()));
        if (event.restricted()) {
            add(headers, RESTRICTED, "");
        }
        if (event.id() != null) {
            add(headers, ID, event.id());
        }
        if (event.type() != null) {
            add(headers, TYPE, event.type());
        }
        if (event.retry() != null) {
            add(headers, RETRY, Long.toString(event.retry().toMillis()));
        }
        if (once != null) {
            add(headers, KEY, once.key());
            add(headers, DIGEST, once.digest());
            add(headers, SEEN, Long.toString(seen));
        }
        return made;
    }

    private static void add(Headers headers, String name, String value) {
        headers.add(name, value.getBytes(UTF_8));
    }

    /**
     * The event that a record is.
     *
     * @throws IllegalArgumentException if it is none; the message says why
     */
    static Event event(ConsumerRecord<byte[], byte[]> from) {
        if (from.value() == null) {
            throw new IllegalArgumentException("it has no value");
        }
        List<Topic> topics = new ArrayList<>(1);
        for (Header header : from.headers().headers(TOPIC)) {
            topics.add(new Topic(text(header)));
        }
        if (topics.isEmpty()) {
            throw new IllegalArgumentException("it has no header 'topic'");
        }
        String retry = text(from, RETRY);
        return new Event(
                topics,
                from.headers().lastHeader(RESTRICTED) != null,
                text(from, ID),
                text(from, TYPE),
                retry == null ? null : Duration.ofMillis(number(retry)),
                text("value", from.value()));
    }

    /** Under which key it was published by a node; {@code null} if under none. */
    static @Nullable Keyed keyed(ConsumerRecord<byte[], byte[]> from) {
        if (from.headers().lastHeader(KEY) == null) {
            return null;
        }
        String key = text(from, KEY);
        String digest = text(from, DIGEST);
        String seen = text(from, SEEN);
        return key == null || digest == null || seen == null
                ? null
                : new Keyed(new IdempotencyKey(key, digest), from.offset(), number(seen));
    }

    private static long number(String text) {
        if (!text.matches("-?[0-9]{1,18}")) {
            throw new IllegalArgumentException("a number is expected where it has '" + text + "'");
        }
        return Long.parseLong(text);
    }

    private static @Nullable String text(ConsumerRecord<byte[], byte[]> from, String name) {
        Header header = from.headers().lastHeader(name);
        return header == null ? null : text(header);
    }

    private static String text(Header header) {
        byte[] value = header.value();
        if (value == null) {
            throw new IllegalArgumentException("its header '" + header.key() + "' has no value");
        }
        return text("header '" + header.key() + "'", value);
    }

    private static String text(String what, byte[] bytes) {
        try {
            return UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException notText) {
            throw new IllegalArgumentException("its " + what + " is not UTF-8", notText);
        }
    }

    /**
     * A record with a key.
     *
     * @param offset of the record
     * @param seen all keys up to this offset were known, and this was not among those of the last minutes
     */
    record Keyed(IdempotencyKey once, long offset, long seen) {}
}
