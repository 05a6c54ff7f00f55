package dev.courant.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.courant.event.Event;
import dev.courant.event.EventKind;
import dev.courant.event.Topic;
import dev.courant.log.IdempotencyKey;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * The encoding of an event as a Kafka record. The value is the event's data; headers hold all other fields as UTF-8 text.
 * With an idempotency key, the header {@code seen} is the Kafka offset up to which the node had read all keys when it sent
 * the record.
 */
final class EventRecord {

    private static final String KIND = "kind";
    private static final String TOPIC = "topic";
    private static final String RESTRICTED = "private";
    private static final String ID = "id";
    private static final String TYPE = "type";
    private static final String RETRY = "retry";
    private static final String KEY = "key";
    private static final String DIGEST = "digest";
    private static final String SEEN = "seen";
    private static final String NUMBER = "number";
    private static final String PREVIOUS = "previous";

    private EventRecord() {}

    /** @param knownUpTo the value of the header {@code seen}; ignored without a key */
    static ProducerRecord<byte[], byte[]> toProducerRecord(
            String kafkaTopic, Event event, @Nullable IdempotencyKey key, long knownUpTo) {
        ProducerRecord<byte[], byte[]> record =
                new ProducerRecord<>(kafkaTopic, 0, null, event.data().getBytes(UTF_8));
        Headers headers = record.headers();
        if (event.kind() != EventKind.EVENT) {
            add(headers, KIND, String.valueOf(event.kind().type()));
        }
        event.topics().forEach(topic -> add(headers, TOPIC, topic.name()));
        if (event.restricted()) {
            add(headers, RESTRICTED, "");
        }
        if (event.id() != null) {
            add(headers, ID, event.id());
        }
        if (event.type() != null && event.kind() == EventKind.EVENT) {
            add(headers, TYPE, event.type());
        }
        if (event.retry() != null) {
            add(headers, RETRY, Long.toString(event.retry().toMillis()));
        }
        if (key != null) {
            add(headers, KEY, key.key());
            add(headers, DIGEST, key.digest());
            add(headers, SEEN, Long.toString(knownUpTo));
            if (key.number() > 0) {
                add(headers, NUMBER, Long.toString(key.number()));
                add(headers, PREVIOUS, key.previous());
            }
        }
        return record;
    }

    private static void add(Headers headers, String name, String value) {
        headers.add(name, value.getBytes(UTF_8));
    }

    /**
     * Returns the event that a record contains.
     *
     * @throws IllegalArgumentException if the record is not an event, with the reason
     */
    static Event parseEvent(ConsumerRecord<byte[], byte[]> record) {
        if (record.value() == null) {
            throw new IllegalArgumentException("it has no value");
        }
        List<Topic> topics = new ArrayList<>(1);
        for (Header header : record.headers().headers(TOPIC)) {
            topics.add(new Topic(decode(header)));
        }
        if (topics.isEmpty()) {
            throw new IllegalArgumentException("it has no header 'topic'");
        }
        String retry = decode(record, RETRY);
        return new Event(
                parseKind(decode(record, KIND)),
                topics,
                record.headers().lastHeader(RESTRICTED) != null,
                decode(record, ID),
                decode(record, TYPE),
                retry == null ? null : Duration.ofMillis(parseNumber(retry)),
                decode("value", record.value()));
    }

    private static EventKind parseKind(@Nullable String type) {
        return Stream.of(EventKind.values())
                .filter(kind -> Objects.equals(kind.type(), type))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("its kind '" + type + "' is unknown"));
    }

    /** Returns the idempotency key with which a node published the record, or {@code null} if it has none. */
    static @Nullable KeyedRecord parseKey(ConsumerRecord<byte[], byte[]> record) {
        if (record.headers().lastHeader(KEY) == null) {
            return null;
        }
        String key = decode(record, KEY);
        String digest = decode(record, DIGEST);
        String knownUpTo = decode(record, SEEN);
        if (key == null || digest == null || knownUpTo == null) {
            return null;
        }
        String number = decode(record, NUMBER);
        String previous = decode(record, PREVIOUS);
        IdempotencyKey whole = number == null || previous == null
                ? new IdempotencyKey(key, digest)
                : new IdempotencyKey(key, digest, parseNumber(number), previous);
        return new KeyedRecord(whole, record.offset(), parseNumber(knownUpTo));
    }

    private static long parseNumber(String text) {
        if (!text.matches("-?[0-9]{1,18}")) {
            throw new IllegalArgumentException("'" + text + "' is not a number");
        }
        return Long.parseLong(text);
    }

    private static @Nullable String decode(ConsumerRecord<byte[], byte[]> record, String name) {
        Header header = record.headers().lastHeader(name);
        return header == null ? null : decode(header);
    }

    private static String decode(Header header) {
        byte[] value = header.value();
        if (value == null) {
            throw new IllegalArgumentException("its header '" + header.key() + "' has no value");
        }
        return decode("header '" + header.key() + "'", value);
    }

    private static String decode(String what, byte[] bytes) {
        try {
            return UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException invalid) {
            throw new IllegalArgumentException("its " + what + " is not UTF-8", invalid);
        }
    }

    /**
     * A record with an idempotency key.
     *
     * @param offset the Kafka offset of the record
     * @param knownUpTo the Kafka offset up to which the publishing node had read all keys; it had not found this key
     *     among the stored ones
     */
    record KeyedRecord(IdempotencyKey key, long offset, long knownUpTo) {}
}
