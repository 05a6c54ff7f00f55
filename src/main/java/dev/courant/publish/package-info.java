/**
 * Publishing for the {@code /sse} and the Mercure resource: reads a body, checks the event and publishes it once for each
 * idempotency key. The classes are thread-safe, except for {@code BodyReader}, which one request thread uses. Start with
 * {@link BodyReceiver} and {@link EventPublisher}.
 */
@NullMarked
package dev.courant.publish;

import org.jspecify.annotations.NullMarked;
