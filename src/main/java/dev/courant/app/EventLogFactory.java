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

/** Which log the settings ask for. */
public final class EventLogFactory {

    private EventLogFactory() {}

    /**
     * Opens it.
     *
     * @param threads for a log that has work of its own
     * @throws InvalidSettingException if it cannot be opened as it is set
     */
    public static EventLog open(Settings settings, RandomGenerator random, ThreadFactory threads) {
        refuseBoth(settings);
        Path directory = settings.journal().directory();
        KafkaSettings kafka = settings.kafka();
        if (kafka != null) {
            return kafka(kafka, settings, threads);
        }
        String epoch = Integer.toString(random.nextInt(Integer.MAX_VALUE), Character.MAX_RADIX);
        return directory == null
                ? new MemoryLog(epoch, settings.retention(), System::nanoTime)
                : journal(directory, settings, epoch, threads);
    }

    /**
     * Finds out whether it could be opened.
     *
     * @throws InvalidSettingException as {@link #open}
     */
    static void check(Settings settings) {
        refuseBoth(settings);
        Path directory = settings.journal().directory();
        KafkaSettings kafka = settings.kafka();
        try {
            if (directory != null) {
                JournalCheck.run(directory);
            } else if (kafka != null) {
                KafkaPropertiesCheck.run(topic(kafka, settings));
            }
        } catch (JournalRefusedException refused) {
            throw new InvalidSettingException(String.valueOf(refused.getMessage()));
        } catch (IllegalArgumentException refused) {
            throw refused(refused);
        }
    }

    private static void refuseBoth(Settings settings) {
        if (settings.journal().directory() != null && settings.kafka() != null) {
            throw new InvalidSettingException(
                    "Of courant.journal.dir and courant.kafka.bootstrap-servers only one may be"
                            + " set: events are kept by the journal or by Kafka");
        }
    }

    private static EventLog journal(Path directory, Settings settings, String epoch, ThreadFactory threads) {
        JournalSettings journal = settings.journal();
        try {
            return JournalLog.open(
                    directory,
                    journal.bounds(),
                    journal.sync(),
                    settings.retention(),
                    JournalClocks.system(),
                    epoch,
                    threads);
        } catch (JournalRefusedException refused) {
            throw new InvalidSettingException(String.valueOf(refused.getMessage()));
        }
    }

    private static EventLog kafka(KafkaSettings kafka, Settings settings, ThreadFactory threads) {
        try {
            return new KafkaLog(topic(kafka, settings), settings.retention(), System::nanoTime, threads);
        } catch (IllegalArgumentException refused) {
            throw refused(refused);
        }
    }

    private static KafkaTopic topic(KafkaSettings kafka, Settings settings) {
        return new KafkaTopic(
                kafka.bootstrapServers(),
                kafka.topic(),
                kafka.replication(),
                settings.maxPublishBytes(),
                kafka.client());
    }

    private static InvalidSettingException refused(IllegalArgumentException why) {
        return new InvalidSettingException(
                "Kafka's client takes no such courant.kafka.client settings: " + why.getMessage());
    }
}
