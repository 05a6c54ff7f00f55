/**
 * Kafka brokers for tests. Each broker is a separate process with its own class path, behind a proxy that a test can stall
 * or disconnect. Start reading at {@link dev.courant.brokers.TestCluster}.
 */
@NullMarked
package dev.courant.brokers;

import org.jspecify.annotations.NullMarked;
