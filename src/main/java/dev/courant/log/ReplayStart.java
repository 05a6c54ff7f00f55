package dev.courant.log;

/**
 * The start of a replay, as {@link EventLog#findStart} finds it.
 *
 * @param after the offset after which the replay starts
 * @param checkedFrom later evictions are detected only after this offset. Events up to it may be missing, because the client
 *     requested only the retained ones, or because of {@code missing}; 0 if none are
 * @param missing whether events after the requested id may be missing, or the id is unknown
 * @param truncated whether the replay starts later, because it would exceed the limit
 */
public record ReplayStart(long after, long checkedFrom, boolean missing, boolean truncated) {}
