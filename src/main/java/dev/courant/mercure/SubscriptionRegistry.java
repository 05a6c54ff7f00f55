package dev.courant.mercure;

import dev.courant.auth.AccessRights;
import dev.courant.event.Event;
import dev.courant.event.Topic;
import dev.courant.hub.Hub;
import dev.courant.stream.ResponseConnection;
import dev.courant.stream.StreamRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.NavigableMap;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The active subscriptions (Mercure, "Active Subscriptions"). Publishes a private update when a subscription begins and
 * when it ends. Disabled by default, because each of these updates takes space in the log. Thread-safe.
 */
public final class SubscriptionRegistry implements StreamRegistry {

    private final Hub hub;
    private final SubscriptionDocuments documents;
    private final boolean enabled;
    private final NavigableMap<String, ActiveSubscription> bySortKey = new ConcurrentSkipListMap<>();

    public SubscriptionRegistry(Hub hub, SubscriptionDocuments documents, boolean enabled) {
        this.hub = hub;
        this.documents = documents;
        this.enabled = enabled;
    }

    boolean isEnabled() {
        return enabled;
    }

    @Override
    public void register(Set<Topic> topics, AccessRights access, ResponseConnection connection) {
        register(topics.stream().map(documents::createExactMatcher).toList(), access, connection);
    }

    /** Registers a subscriber until its stream ends. Call before {@link Hub#subscribe}. */
    void register(List<TopicMatcher> matchers, AccessRights access, ResponseConnection connection) {
        if (!enabled) {
            return;
        }
        // A version 4 UUID is random, so it reveals nothing about the user or the machine.
        String subscriber = "urn:uuid:" + UUID.randomUUID();
        List<ActiveSubscription> subscriptions = new ArrayList<>();
        for (TopicMatcher matcher : matchers) {
            subscriptions.add(new ActiveSubscription(
                    String.format(Locale.ROOT, "%s.%02d", subscriber.substring(9), subscriptions.size()),
                    new Topic(documents.toPath(matcher, subscriber)),
                    matcher,
                    subscriber,
                    access.subject(),
                    access.findPayload(matcher.text()),
                    access.fingerprint(),
                    access.expires(),
                    connection::close));
        }
        for (ActiveSubscription subscription : subscriptions) {
            bySortKey.put(subscription.sortKey(), subscription);
            publish(subscription, true);
        }
        connection.runAtEnd(() -> {
            for (ActiveSubscription subscription : subscriptions) {
                bySortKey.remove(subscription.sortKey());
                publish(subscription, false);
            }
        });
    }

    /**
     * Returns a page of subscriptions in the order of their sort keys.
     *
     * @param after the sort key of the last subscription of the previous page, empty for the first page
     */
    List<ActiveSubscription> list(String after, int limit, Predicate<ActiveSubscription> filter) {
        return bySortKey.tailMap(after, false).values().stream()
                .filter(filter)
                .limit(limit)
                .toList();
    }

    /** Returns the first subscription of a subscriber that the filter accepts, {@code null} if there is none. */
    @Nullable
    ActiveSubscription find(String subscriber, Predicate<ActiveSubscription> filter) {
        // Each sort key of a subscriber begins with the UUID at the end of its URN, which has 36 characters.
        String uuid = subscriber.substring(Math.max(0, subscriber.length() - 36));
        return bySortKey.subMap(uuid, uuid + '/').values().stream()
                .filter(filter)
                .findFirst()
                .orElse(null);
    }

    private void publish(ActiveSubscription subscription, boolean active) {
        try {
            hub.publish(new Event(
                    List.of(subscription.topic()),
                    true,
                    null,
                    documents.eventType(),
                    null,
                    documents.describe(subscription, active).build().toString()));
        } catch (IllegalStateException stopping) {
            // The hub closes all streams, so no subscriber is left to receive the update.
        }
    }
}
