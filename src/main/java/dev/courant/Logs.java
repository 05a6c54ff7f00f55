package dev.courant;

import dev.courant.journal.Clocks;
import dev.courant.journal.JournalLog;
import dev.courant.journal.JournalRefusedException;
import dev.courant.log.EventLog;
import dev.courant.log.MemoryLog;
import dev.courant.settings.InvalidSettingException;
import dev.courant.settings.JournalSettings;
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
        String epoch = Integer.toString(random.nextInt(Integer.MAX_VALUE), Character.MAX_RADIX);
        Path directory = settings.journal().directory();
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
}
