package dev.courant;

import dev.courant.kafka.KafkaLog;
import dev.courant.kafka.KafkaTopic;
import dev.courant.log.EventLog;
import dev.courant.log.MemoryLog;
import dev.courant.settings.InvalidSettingException;
import dev.courant.settings.KafkaSettings;
import dev.courant.settings.Settings;
import java.util.concurrent.ThreadFactory;
import java.util.random.RandomGenerator;

/** Which log the settings ask for. */
final class Logs {

    private Logs() {}

    /** @param threads for a log that has work of its own */
    static EventLog open(Settings settings, RandomGenerator random, ThreadFactory threads) {
        KafkaSettings kafka = settings.kafka();
        if (kafka != null) {
            return open(kafka, settings, threads);
        }
        String epoch = Integer.toString(random.nextInt(Integer.MAX_VALUE), Character.MAX_RADIX);
        return new MemoryLog(epoch, settings.retention(), System::nanoTime);
    }

    private static EventLog open(KafkaSettings kafka, Settings settings, ThreadFactory threads) {
        KafkaTopic topic = new KafkaTopic(
                kafka.bootstrapServers(),
                kafka.topic(),
                kafka.replication(),
                settings.maxPublishBytes(),
                kafka.client());
        try {
            return new KafkaLog(topic, settings.retention(), System::nanoTime, threads);
        } catch (IllegalArgumentException refused) {
            throw new InvalidSettingException(
                    "Kafka's client takes no such courant.kafka.client settings: " + refused.getMessage());
        }
    }
}
