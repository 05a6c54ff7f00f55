/**
 * The response under every SSE resource: an output stream that never blocks, the limits on open streams, and the end of
 * a stream. Any thread may write to a {@link dev.courant.stream.ResponseConnection}, which never waits for a client.
 * Start reading with {@link dev.courant.stream.StreamOpener}; {@link dev.courant.stream.server.ServerTransport} hides the
 * differences between servers.
 */
@NullMarked
package dev.courant.stream;

import org.jspecify.annotations.NullMarked;
