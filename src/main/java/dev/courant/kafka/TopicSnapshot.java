package dev.courant.kafka;

import org.apache.kafka.common.Uuid;

/**
 * The topic as it was a moment ago.
 *
 * @param earliest the offset of the first record that is still there
 * @param end the offset of the next record there will be, as far as readers are told
 */
record TopicSnapshot(Uuid id, long earliest, long end) {}
