package dev.courant.log;

import java.util.List;

/**
 * What was read of a selection from one offset to another.
 *
 * @param entries in order, all that there are
 * @param upTo to here; beyond the offset that was read from, perhaps not as far as was asked
 */
public record LogRange(List<LogEntry> entries, long upTo) {}
