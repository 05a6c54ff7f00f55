/**
 * The feed of one random number a second, which Courant publishes by default. The server's scheduled executor runs it.
 * Start reading with {@link dev.courant.feed.RandomNumberFeed}.
 */
@NullMarked
package dev.courant.feed;

import org.jspecify.annotations.NullMarked;
