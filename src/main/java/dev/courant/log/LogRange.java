package dev.courant.log;

import java.util.List;

/**
 * The result of a read: the selected entries of a range of the log.
 *
 * @param entries all selected entries of the range, in order
 * @param upTo the last offset of the range, after its start. If it is less than requested, the next read starts after
 *     it
 */
public record LogRange(List<LogEntry> entries, long upTo) {}
