package dev.courant;

import dev.courant.log.EventLog;
import dev.courant.log.MemoryLog;
import dev.courant.settings.Settings;
import java.util.concurrent.ThreadFactory;
import java.util.random.RandomGenerator;

/** Which log the settings ask for. */
final class Logs {

    private Logs() {}

    /** @param threads for a log that has work of its own */
    static EventLog open(Settings settings, RandomGenerator random, ThreadFactory threads) {
        String epoch = Integer.toString(random.nextInt(Integer.MAX_VALUE), Character.MAX_RADIX);
        return new MemoryLog(epoch, settings.retention(), System::nanoTime);
    }
}
