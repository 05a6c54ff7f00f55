/**
 * The response under every SSE door: what the JAX-RS implementation takes for its output stream is ours, and never
 * blocks; how many streams are let in, and how they end. Servlet API only; where the server below can be reached, by what
 * its own objects offer, {@code ServerTransport} bounds what it queues, cuts what it would not close, and is a shorter way into the
 * socket.
 */
@NullMarked
package dev.courant.stream;

import org.jspecify.annotations.NullMarked;
