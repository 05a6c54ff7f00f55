package dev.courant.journal;

/** When what was written is forced to the disk. */
public enum SyncMode {

    /** Before it is acknowledged: it survives a power failure. Publishers at the same time share one sync. */
    ALWAYS,

    /** Some ten times a second: what is acknowledged survives the end of the process, but perhaps not a power failure. */
    INTERVAL
}
