package dev.courant;

import dev.courant.journal.Clocks;
import dev.courant.journal.JournalLog;
import dev.courant.journal.JournalRefusedException;
import dev.courant.kafka.KafkaLog;
import dev.courant.kafka.KafkaTopic;
import dev.courant.log.EventLog;
import dev.courant.log.MemoryLog;
import dev.courant.settings.InvalidSettingException;
import dev.courant.settings.JournalSettings;
import dev.courant.settings.KafkaSettings;
import dev.courant.settings.Settings;
import java.nio.file.Path;
import java.util.concurrent.ThreadFactory;
import java.util.random.RandomGenerator;

/** Which log the settings ask for. */
final class Logs {

    private Logs() {}

    /**
     * Opens it.
     *
     * @param threads for a log that has work of its own
     * @throws InvalidSettingException if it cannot be opened as it is set
     */
    static EventLog open(Settings settings, RandomGenerator random, ThreadFactory threads) {
        Path directory = settings.journal().directory();
        KafkaSettings kafka = settings.kafka();
        if (directory != null && kafka != null) {
            throw new InvalidSettingException(
                    "Of courant.journal.dir and courant.kafka.bootstrap-servers only one may be"
                            + " set: events are kept by the journal or by Kafka");
        }
        if (kafka != null) {
            return kafka(kafka, settings, threads);
        }
        String epoch = Integer.toString(random.nextInt(Integer.MAX_VALUE), Character.MAX_RADIX);
        return directory == null
                ? new MemoryLog(epoch, settings.retention(), System::nanoTime)
                : journal(directory, settings, epoch, threads);
    }

    private static EventLog journal(Path directory, Settings settings, String epoch, ThreadFactory threads) {
        JournalSettings journal = settings.journal();
        try {
            return JournalLog.open(
                    directory, journal.bounds(), journal.sync(), settings.retention(), Clocks.system(), epoch, threads);
        } catch (JournalRefusedException refused) {
            throw new InvalidSettingException(String.valueOf(refused.getMessage()));
        }
    }

    private static EventLog kafka(KafkaSettings kafka, Settings settings, ThreadFactory threads) {
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
