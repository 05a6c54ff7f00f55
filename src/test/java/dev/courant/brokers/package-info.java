/**
 * Kafka brokers for tests: the real ones, each a process of its own, with a network before each that can be cut. Their
 * class path is not that of the tests.
 */
@NullMarked
package dev.courant.brokers;

import org.jspecify.annotations.NullMarked;
