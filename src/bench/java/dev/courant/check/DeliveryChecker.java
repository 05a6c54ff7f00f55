package dev.courant.check;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A checker that compares the published events of each topic with the events that each client received, in its order.
 * Add all published events first. Not thread-safe.
 */
public final class DeliveryChecker {

    private static final PublishedEvents NO_EVENTS = new PublishedEvents();

    private final Map<String, PublishedEvents> topics = new LinkedHashMap<>();
    private final Map<String, Map<String, ReceivedEvents>> clients = new LinkedHashMap<>();
    private final Map<String, Map<String, ReceivedEvents>> unfollowed = new LinkedHashMap<>(); // of topics not followed

    /** Returns the published events of a topic. Add them before any received event. */
    public PublishedEvents topic(String name) {
        return topics.computeIfAbsent(name, topic -> new PublishedEvents());
    }

    /** Records that a client follows a topic from its beginning. */
    public void follows(String client, String topic) {
        receipts(client, topic);
    }

    /** Records that a client follows a topic from now on. Events that it missed before are not due. */
    public void live(String client, String topic) {
        receipts(client, topic).live();
    }

    /** Records that a client opens a stream with this {@code Last-Event-ID}. */
    public void resumes(String client, String topic, String lastEventId) {
        int after = published(topic).countUpTo(lastEventId);
        ReceivedEvents receipts = receipts(client, topic);
        if (after >= 0) {
            receipts.resumed(after);
        }
    }

    /** Records a gap event: the events after one id up to the other are missing. */
    public void gap(String client, String topic, String requested, String resumed) {
        PublishedEvents published = published(topic);
        int to = published.countUpTo(resumed);
        // An unknown requested id excuses all events from the client's position. The resumed id must be known.
        if (to >= 0) {
            receipts(client, topic).gap(published.countUpTo(requested), to);
        }
    }

    public void received(String client, String topic, long sequence) {
        ReceivedEvents receipts = followed(client, topic);
        int position = published(topic).position(sequence);
        if (receipts != null && position > 0) {
            receipts.received(position);
        } else {
            foreign(client, topic);
        }
    }

    /** Records an event that was altered or never published. */
    public void foreign(String client, String topic) {
        ReceivedEvents receipts = followed(client, topic);
        (receipts == null ? receipts(unfollowed, client, topic) : receipts).foreign();
    }

    public CheckFindings findings() {
        CheckFindings findings = new CheckFindings();
        clients.forEach((client, followed) -> followed.forEach((topic, receipts) -> {
            receipts.finish(published(topic));
            findings.add(client, topic, published(topic), receipts);
        }));
        unfollowed.forEach((client, others) ->
                others.forEach((topic, receipts) -> findings.add(client, topic, published(topic), receipts)));
        return findings;
    }

    private PublishedEvents published(String topic) {
        @Nullable PublishedEvents known = topics.get(topic);
        return known == null ? NO_EVENTS : known;
    }

    private @Nullable ReceivedEvents followed(String client, String topic) {
        Map<String, ReceivedEvents> all = clients.get(client);
        return all == null ? null : all.get(topic);
    }

    private ReceivedEvents receipts(String client, String topic) {
        return receipts(clients, client, topic);
    }

    private static ReceivedEvents receipts(Map<String, Map<String, ReceivedEvents>> of, String client, String topic) {
        return of.computeIfAbsent(client, name -> new LinkedHashMap<>())
                .computeIfAbsent(topic, name -> new ReceivedEvents());
    }
}
