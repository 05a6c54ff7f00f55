package dev.courant.hub;

/** The result of {@link Audience#nextBatch}: a batch to write, or the reason why there is none. */
sealed interface NextBatch permits Batch, NextBatch.None {

    /** The reasons why there is no batch to write. */
    enum None implements NextBatch {
        /** The subscription has no more entries. */
        UP_TO_DATE,
        /** The next entries were evicted from the window and must be read from the log's history. */
        IN_HISTORY
    }
}
