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
 * Who subscribes to what just now, told to those who may know: the specification's section "Active Subscriptions". Kept
 * only if it is wanted, since each coming and going takes a place in the log. Any thread.
 */
public final class SubscriptionRegistry implements StreamRegistry {

    private final Hub hub;
    private final SubscriptionDocuments documents;
    private final boolean wanted;
    private final NavigableMap<String, ActiveSubscription> byPlace = new ConcurrentSkipListMap<>();

    public SubscriptionRegistry(Hub hub, SubscriptionDocuments documents, boolean wanted) {
        this.hub = hub;
        this.documents = documents;
        this.wanted = wanted;
    }

    boolean areWanted() {
        return wanted;
    }

    @Override
    public void record(Set<Topic> topics, AccessRights access, ResponseConnection connection) {
        if (wanted) {
            List<TopicMatcher> matchers = topics.stream().map(documents::exact).toList();
            Subscriber subscriber = open(matchers, access, connection::close);
            connection.runAtEnd(subscriber::close);
        }
    }

    /**
     * A subscriber comes, before it is subscribed.
     *
     * @param close ends its stream
     */
    Subscriber open(List<TopicMatcher> matchers, AccessRights access, Runnable close) {
        if (!wanted) {
            return () -> {};
        }
        // A UUID of the version 4: random, so that it says nothing of whose it is.
        String subscriber = "urn:uuid:" + UUID.randomUUID();
        List<ActiveSubscription> all = new ArrayList<>();
        for (TopicMatcher matcher : matchers) {
            all.add(new ActiveSubscription(
                    String.format(Locale.ROOT, "%s.%02d", subscriber.substring(9), all.size()),
                    new Topic(documents.address(matcher, subscriber)),
                    matcher,
                    subscriber,
                    access.subject(),
                    access.payload(matcher.text()),
                    access.fingerprint(),
                    access.expires(),
                    close));
        }
        for (ActiveSubscription one : all) {
            byPlace.put(one.place(), one);
            publish(one, true);
        }
        return () -> {
            for (ActiveSubscription one : all) {
                if (byPlace.remove(one.place()) != null) {
                    publish(one, false);
                }
            }
        };
    }

    /**
     * Some of them, in the order of their places.
     *
     * @param after the place before the first; empty for all
     */
    List<ActiveSubscription> page(String after, int most, Predicate<ActiveSubscription> chosen) {
        return byPlace.tailMap(after, false).values().stream()
                .filter(chosen)
                .limit(most)
                .toList();
    }

    /** The one at an address, {@code null} if there is none. */
    @Nullable
    ActiveSubscription at(String subscriber, Predicate<ActiveSubscription> chosen) {
        // The UUID that a place begins with is all that a subscriber's name ends in.
        String uuid = subscriber.substring(Math.max(0, subscriber.length() - 36));
        return byPlace.subMap(uuid, uuid + '/').values().stream()
                .filter(chosen)
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
                    documents.of(subscription, active).build().toString()));
        } catch (IllegalStateException stopping) {
            // All subscriptions end now, and nobody is left to be told.
        }
    }

    /** Goes when its stream has ended. */
    @FunctionalInterface
    interface Subscriber {

        /** Any number of times. */
        void close();
    }
}
