/**
 * Publishing: reads and checks a body, and publishes it once for each idempotency key. Both the {@code /sse} resource and the Mercure resource use it.
 */
@NullMarked
package dev.courant.publish;

import org.jspecify.annotations.NullMarked;
