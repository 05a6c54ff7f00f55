package dev.courant.mercure;

import dev.courant.event.Topic;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One matcher of one subscriber's connection.
 *
 * @param place orders all of them; unique
 * @param topic of the updates on it: its address, from the root of the host
 * @param subscriber made here, for each connection
 * @param subject the {@code sub} of its token, {@code null} for none
 * @param payload what its token attaches to it, in JSON
 * @param token what its token is known by, {@code null} for none
 * @param expires when that ends
 * @param close ends the stream, so that its client reconnects
 */
record ActiveSubscription(
        String place,
        Topic topic,
        TopicMatcher matcher,
        String subscriber,
        @Nullable String subject,
        @Nullable String payload,
        @Nullable String token,
        @Nullable Instant expires,
        Runnable close) {}
