package dev.courant.kafka;

import org.apache.kafka.common.Uuid;

/**
 * The state of the topic at one moment.
 *
 * @param earliest the Kafka offset of the first retained record
 * @param end the Kafka offset after the last record that consumers can read
 */
record TopicSnapshot(Uuid id, long earliest, long end) {}
