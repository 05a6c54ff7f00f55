package dev.courant.check;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Everything that was published, by topic, and then everything that was received, by client, in the client's order. */
public final class Checker {

    private static final Published NOTHING = new Published();

    private final Map<String, Published> topics = new LinkedHashMap<>();
    private final Map<String, Map<String, Receipts>> clients = new LinkedHashMap<>();
    private final Map<String, Map<String, Receipts>> strays = new LinkedHashMap<>(); // of topics not followed

    /** What was published to a topic: to be told before anything is received. */
    public Published topic(String name) {
        return topics.computeIfAbsent(name, topic -> new Published());
    }

    /** The client follows a topic from its beginning. */
    public void follows(String client, String topic) {
        receipts(client, topic);
    }

    /** The client follows a topic from now on, or again, having missed what it did not hear. */
    public void live(String client, String topic) {
        receipts(client, topic).live();
    }

    /** The client opens the stream with this {@code Last-Event-ID}. */
    public void resumes(String client, String topic, String lastEventId) {
        int after = published(topic).upTo(lastEventId);
        Receipts receipts = receipts(client, topic);
        if (after >= 0) {
            receipts.resumed(after);
        }
    }

    /** A gap event: what comes after the one id, up to the other, is missing. */
    public void gap(String client, String topic, String requested, String resumed) {
        Published published = published(topic);
        int to = published.upTo(resumed);
        // An id that is no longer known excuses from wherever the client is; one to go on from has to be known.
        if (to >= 0) {
            receipts(client, topic).gap(published.upTo(requested), to);
        }
    }

    public void received(String client, String topic, long sequence) {
        Receipts receipts = followed(client, topic);
        int position = published(topic).position(sequence);
        if (receipts != null && position > 0) {
            receipts.received(position);
        } else {
            foreign(client, topic);
        }
    }

    /** Something arrived that is not what was published. */
    public void foreign(String client, String topic) {
        Receipts receipts = followed(client, topic);
        (receipts == null ? receipts(strays, client, topic) : receipts).foreign();
    }

    public Findings findings() {
        Findings findings = new Findings();
        clients.forEach((client, followed) -> followed.forEach((topic, receipts) -> {
            receipts.finish(published(topic));
            findings.add(client, topic, published(topic), receipts);
        }));
        strays.forEach((client, others) ->
                others.forEach((topic, receipts) -> findings.add(client, topic, published(topic), receipts)));
        return findings;
    }

    private Published published(String topic) {
        @Nullable Published known = topics.get(topic);
        return known == null ? NOTHING : known;
    }

    private @Nullable Receipts followed(String client, String topic) {
        Map<String, Receipts> all = clients.get(client);
        return all == null ? null : all.get(topic);
    }

    private Receipts receipts(String client, String topic) {
        return receipts(clients, client, topic);
    }

    private static Receipts receipts(Map<String, Map<String, Receipts>> of, String client, String topic) {
        return of.computeIfAbsent(client, name -> new LinkedHashMap<>()).computeIfAbsent(topic, name -> new Receipts());
    }
}
