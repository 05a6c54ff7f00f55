package dev.courant.journal;

/** The time at which written events are synced to the disk. */
public enum SyncMode {

    /** Before they are acknowledged: they survive a power failure. Concurrent publishers share one sync. */
    ALWAYS,

    /** Every 100 ms: acknowledged events survive the end of the process, but the newest may not survive a power failure. */
    INTERVAL
}
