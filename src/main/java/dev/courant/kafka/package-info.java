/**
 * The log in a topic of Apache Kafka with one partition, which all nodes read and append to. One thread reads the topic into
 * the window ({@link dev.courant.kafka.TopicFollower}), one sends events ({@link dev.courant.kafka.RecordPublisher}). Start
 * reading at {@link dev.courant.kafka.KafkaLog}. The package does not depend on Jakarta EE, and only this package uses
 * Kafka's client.
 */
@NullMarked
package dev.courant.kafka;

import org.jspecify.annotations.NullMarked;
