/**
 * A log on a topic of Apache Kafka, which any number of nodes follow and append to: one partition, in whose order all is
 * told everywhere. Each node reads it from where its own window begins, without a consumer group. Knows no Jakarta, and
 * alone knows Kafka's client.
 */
@NullMarked
package dev.courant.kafka;

import org.jspecify.annotations.NullMarked;
