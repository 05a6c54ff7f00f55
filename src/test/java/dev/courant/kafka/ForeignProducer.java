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

/** A program other than Courant that writes arbitrary records to the topic. */
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

    /** @param headers alternating names and values */
    Future<RecordMetadata> send(@Nullable String value, String... headers) {
        return send(value == null ? null : value.getBytes(UTF_8), headers);
    }

    Future<RecordMetadata> send(byte @Nullable [] value, String... headers) {
        ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(topic, 0, null, value);
        for (int i = 0; i < headers.length; i += 2) {
            record.headers().add(headers[i], headers[i + 1].getBytes(UTF_8));
        }
        return producer.send(record);
    }

    /** Waits until the brokers have acknowledged all records. */
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
