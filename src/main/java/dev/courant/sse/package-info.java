/**
 * The JAX-RS resources at {@code /sse}, and implementations of the JAX-RS types {@code Sse} and {@code SseBroadcaster}
 * that use the hub. {@link dev.courant.sse.SinkFilter} lets the hub write the response of a sink. Resources run on
 * request threads and never wait for the client of a stream. Start reading with
 * {@link dev.courant.sse.StreamResource} and {@link dev.courant.sse.PublishResource}.
 */
@NullMarked
package dev.courant.sse;

import org.jspecify.annotations.NullMarked;
