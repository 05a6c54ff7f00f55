/**
 * The Mercure door at {@code /.well-known/mercure}: subscribing, publishing, the active subscriptions and discovery, over
 * the same hub as {@code /sse}. Each version of the protocol is one {@link dev.courant.mercure.MercureProtocol}.
 */
@NullMarked
package dev.courant.mercure;

import org.jspecify.annotations.NullMarked;
