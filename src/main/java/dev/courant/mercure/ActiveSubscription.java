package dev.courant.mercure;

import dev.courant.event.Topic;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An active subscription: one matcher of one open stream (Mercure, "Active Subscriptions"). Immutable.
 *
 * @param sortKey the unique key by which active subscriptions are ordered and paged
 * @param topic the topic of the updates about this subscription: the path at which clients read it, from the root of
 *     the host
 * @param subscriber the URN that the hub generates for each stream
 * @param subject the {@code sub} claim of the subscriber's token, {@code null} if absent
 * @param payload the payload from the subscriber's token, as JSON text, {@code null} if absent
 * @param token the fingerprint of the subscriber's token, {@code null} for an anonymous subscriber
 * @param expires the expiry of that token, {@code null} if it has none
 * @param close closes the stream; the client then reconnects
 */
record ActiveSubscription(
        String sortKey,
        Topic topic,
        TopicMatcher matcher,
        String subscriber,
        @Nullable String subject,
        @Nullable String payload,
        @Nullable String token,
        @Nullable Instant expires,
        Runnable close) {}
