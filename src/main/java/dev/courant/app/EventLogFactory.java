package dev.courant.app;

import static dev.courant.settings.SettingCatalogue.*;

import dev.courant.journal.JournalBounds;
import dev.courant.journal.JournalClocks;
import dev.courant.journal.JournalLog;
import dev.courant.journal.JournalRefusedException;
import dev.courant.kafka.KafkaClients;
import dev.courant.kafka.KafkaLog;
import dev.courant.kafka.KafkaTopic;
import dev.courant.log.EventLog;
import dev.courant.log.MemoryLog;
import dev.courant.log.RetentionBounds;
import dev.courant.log.WindowBounds;
import dev.courant.settings.InvalidSettingException;
import dev.courant.settings.Settings;
import java.nio.file.Path;
import java.util.concurrent.ThreadFactory;
import java.util.function.Supplier;
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
        RetentionBounds window = new RetentionBounds(
                new WindowBounds(
                        settings.get(WINDOW_MAX_EVENTS), settings.get(WINDOW_MAX_BYTES), settings.get(WINDOW_MAX_AGE)),
                new WindowBounds(
                        settings.get(WINDOW_TOPIC_MAX_EVENTS),
                        settings.get(WINDOW_TOPIC_MAX_BYTES),
                        settings.get(WINDOW_TOPIC_MAX_AGE)));
        String epoch = Integer.toString(random.nextInt(Integer.MAX_VALUE), Character.MAX_RADIX);
        Path directory = settings.find(JOURNAL_DIR);
        return namingSettings(() -> {
            if (settings.isSet(KAFKA_BOOTSTRAP_SERVERS)) {
                return new KafkaLog(createKafkaTopic(settings), window, System::nanoTime, threadFactory);
            }
            return directory == null
                    ? new MemoryLog(epoch, window, System::nanoTime)
                    : openJournal(directory, settings, window, epoch, threadFactory);
        });
    }

    /**
     * Checks whether the log could be opened, without opening it.
     *
     * @throws InvalidSettingException if the log cannot be opened with these settings
     */
    static void check(Settings settings) {
        namingSettings(() -> {
            if (settings.isSet(KAFKA_BOOTSTRAP_SERVERS)) {
                KafkaClients.check(createKafkaTopic(settings));
            } else if (settings.isSet(JOURNAL_DIR)) {
                JournalLog.check(settings.get(JOURNAL_DIR));
            }
            return settings;
        });
    }

    private static EventLog openJournal(
            Path directory, Settings settings, RetentionBounds window, String epoch, ThreadFactory threadFactory) {
        return JournalLog.open(
                directory,
                new JournalBounds(
                        settings.get(JOURNAL_MAX_EVENTS),
                        settings.get(JOURNAL_MAX_BYTES),
                        settings.get(JOURNAL_MAX_AGE)),
                settings.get(JOURNAL_SYNC),
                window,
                JournalClocks.system(),
                epoch,
                threadFactory);
    }

    private static KafkaTopic createKafkaTopic(Settings settings) {
        return new KafkaTopic(
                settings.get(KAFKA_BOOTSTRAP_SERVERS),
                settings.get(KAFKA_TOPIC),
                settings.get(KAFKA_REPLICATION),
                settings.get(PUBLISH_MAX_BYTES),
                settings.kafkaClientProperties());
    }

    /** Adds the name of the setting to the exceptions of the log, which does not know the settings. */
    private static <T> T namingSettings(Supplier<T> supplier) {
        try {
            return supplier.get();
        } catch (JournalRefusedException refused) {
            throw new InvalidSettingException(refused.getMessage() + " (" + JOURNAL_DIR + ").");
        } catch (IllegalArgumentException invalid) {
            throw new InvalidSettingException(
                    "Kafka's client rejects a setting " + KAFKA_CLIENT + ": " + invalid.getMessage());
        }
    }
}
