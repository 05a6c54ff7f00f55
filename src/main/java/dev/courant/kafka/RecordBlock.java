package dev.courant.kafka;

import dev.courant.log.LogEntry;
import java.util.List;

/**
 * What was read of the topic at a time.
 *
 * @param from Kafka's offset of the first record that was read
 * @param end Kafka's offset after the last
 * @param entries in order
 * @param bytes of all frames
 */
record RecordBlock(long from, long end, List<LogEntry> entries, long bytes) {}
