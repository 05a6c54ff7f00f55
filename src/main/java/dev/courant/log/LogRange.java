package dev.courant.log;

import java.util.List;

/**
 * The result of reading the selected entries of a range of the log.
 *
 * @param entries all selected entries of the range, in order
 * @param upTo the end of the range; greater than the start, but possibly less than requested
 */
public record LogRange(List<LogEntry> entries, long upTo) {}
