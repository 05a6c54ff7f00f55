package dev.courant.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.courant.support.TestDeadline;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** Another program that writes to the topic, whatever it likes. */
final class ForeignProducer implements AutoCloseable {

    private final String topic;
    private final Producer<byte[], byte[]> producer;

    ForeignProducer(String servers, String topic) {
        this.topic = topic;
        producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", servers, "linger.ms", "0"),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    /** @param headers names, and behind each its value */
    Future<RecordMetadata> send(@Nullable String value, String... headers) {
        return send(value == null ? null : value.getBytes(UTF_8), headers);
    }

    Future<RecordMetadata> send(byte @Nullable [] value, String... headers) {
        ProducerRecord<byte[], byte[]> made = new ProducerRecord<>(topic, 0, null, value);
        for (int i = 0; i < headers.length; i += 2) {
            made.headers().add(headers[i], headers[i + 1].getBytes(UTF_8));
        }
        return producer.send(made);
    }

    /** Waits until the brokers have all of it. */
    void flush() {
        producer.flush();
    }

    void publish(String value, String... headers) throws Exception {
        send(value, headers).get(TestDeadline.SECONDS, TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        producer.close();
    }
}
