/**
 * The Mercure protocol at {@code /.well-known/mercure}, over the same hub as {@code /sse}. Start with {@link
 * dev.courant.mercure.MercureResource}, which subscribes and publishes; each version of the protocol is one {@link
 * dev.courant.mercure.MercureProtocol}. Resources are created for each request; all other classes are thread-safe.
 */
@NullMarked
package dev.courant.mercure;

import org.jspecify.annotations.NullMarked;
