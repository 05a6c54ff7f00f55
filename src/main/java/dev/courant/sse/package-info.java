/**
 * The JAX-RS door: streams and publishing at {@code /sse}, by the standard's own {@code Sse}, {@code SseEventSink} and
 * {@code SseBroadcaster}.
 */
@NullMarked
package dev.courant.sse;

import org.jspecify.annotations.NullMarked;
