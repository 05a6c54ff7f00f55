package dev.courant.app;

import dev.courant.journal.JournalCheck;
import dev.courant.journal.JournalClocks;
import dev.courant.journal.JournalLog;
import dev.courant.journal.JournalRefusedException;
import dev.courant.kafka.KafkaLog;
import dev.courant.kafka.KafkaPropertiesCheck;
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

/** A factory for the event log that the settings select: in memory, a journal, or a Kafka topic. */
public final class EventLogFactory {

    private EventLogFactory() {}

    /**
     * Opens the log.
     *
     * @param threadFactory creates the threads of a journal or of a Kafka log
     * @throws InvalidSettingException if the log cannot be opened with these settings
     */
    public static EventLog open(Settings settings, RandomGenerator random, ThreadFactory threadFactory) {
        requireOneLog(settings);
        Path directory = settings.journal().directory();
        KafkaSettings kafka = settings.kafka();
        if (kafka != null) {
            return openKafka(kafka, settings, threadFactory);
        }
        String epoch = Integer.toString(random.nextInt(Integer.MAX_VALUE), Character.MAX_RADIX);
        return directory == null
                ? new MemoryLog(epoch, settings.retention(), System::nanoTime)
                : openJournal(directory, settings, epoch, threadFactory);
    }

    /**
     * Checks whether the log could be opened, without opening it.
     *
     * @throws InvalidSettingException if the log cannot be opened with these settings
     */
    static void check(Settings settings) {
        requireOneLog(settings);
        Path directory = settings.journal().directory();
        KafkaSettings kafka = settings.kafka();
        try {
            if (directory != null) {
                JournalCheck.run(directory);
            } else if (kafka != null) {
                KafkaPropertiesCheck.run(createKafkaTopic(kafka, settings));
            }
        } catch (JournalRefusedException refused) {
            throw new InvalidSettingException(String.valueOf(refused.getMessage()));
        } catch (IllegalArgumentException invalid) {
            throw invalidClientProperties(invalid);
        }
    }

    private static void requireOneLog(Settings settings) {
        if (settings.journal().directory() != null && settings.kafka() != null) {
            throw new InvalidSettingException(
                    "courant.journal.dir and courant.kafka.bootstrap-servers are both set. Remove one of them: events"
                            + " are stored in the journal or in Kafka.");
        }
    }

    private static EventLog openJournal(Path directory, Settings settings, String epoch, ThreadFactory threadFactory) {
        JournalSettings journal = settings.journal();
        try {
            return JournalLog.open(
                    directory,
                    journal.bounds(),
                    journal.sync(),
                    settings.retention(),
                    JournalClocks.system(),
                    epoch,
                    threadFactory);
        } catch (JournalRefusedException refused) {
            throw new InvalidSettingException(String.valueOf(refused.getMessage()));
        }
    }

    private static EventLog openKafka(KafkaSettings kafka, Settings settings, ThreadFactory threadFactory) {
        try {
            return new KafkaLog(
                    createKafkaTopic(kafka, settings), settings.retention(), System::nanoTime, threadFactory);
        } catch (IllegalArgumentException invalid) {
            throw invalidClientProperties(invalid);
        }
    }

    private static KafkaTopic createKafkaTopic(KafkaSettings kafka, Settings settings) {
        return new KafkaTopic(
                kafka.bootstrapServers(),
                kafka.topic(),
                kafka.replication(),
                settings.maxPublishBytes(),
                kafka.client());
    }

    private static InvalidSettingException invalidClientProperties(IllegalArgumentException cause) {
        return new InvalidSettingException(
                "Kafka's client rejects a courant.kafka.client setting: " + cause.getMessage());
    }
}
