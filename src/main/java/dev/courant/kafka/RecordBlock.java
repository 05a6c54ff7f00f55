package dev.courant.kafka;

import dev.courant.log.LogEntry;
import java.util.List;

/**
 * Consecutive records that were read from the topic in one step, as entries of the log.
 *
 * @param start the Kafka offset of the first record
 * @param end the Kafka offset after the last record
 * @param entries the entries of the records that are events, in order
 * @param bytes the total size of the frames of these entries
 */
record RecordBlock(long start, long end, List<LogEntry> entries, long bytes) {}
