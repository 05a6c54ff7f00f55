package dev.courant.journal;

import dev.courant.log.EventLog;
import dev.courant.log.RetentionBounds;
import java.io.IOException;
import java.util.function.LongSupplier;

/** A journal without a thread: the test runs each turn of its writer. */
public final class SteppedJournal {

    private final JournalLog log;

    private SteppedJournal(JournalLog log) {
        this.log = log;
    }

    /**
     * Opens the journal on a disk.
     *
     * @param synced whether each event is synced before it is acknowledged
     * @param epoch as in {@link JournalLog#open}
     */
    public static SteppedJournal open(
            SimulatedDisk disk,
            JournalBounds bounds,
            boolean synced,
            RetentionBounds window,
            LongSupplier nanoTime,
            LongSupplier millis,
            String epoch)
            throws IOException {
        return new SteppedJournal(JournalLog.unstarted(
                disk,
                bounds,
                synced ? SyncMode.ALWAYS : SyncMode.INTERVAL,
                window,
                new JournalClocks(nanoTime, millis),
                epoch));
    }

    public EventLog log() {
        return log;
    }

    /** Runs one turn of the writer. */
    public void runTurn() {
        log.writer().turn();
    }

    /** Stores the waiting events, and closes the journal. */
    public void finish() {
        log.writer().finish();
    }
}
