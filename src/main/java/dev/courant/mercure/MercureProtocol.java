package dev.courant.mercure;

import dev.courant.auth.TokenProfile;
import dev.courant.auth.TopicAction;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One version of the Mercure protocol: all that its clients see differently. Immutable. */
public interface MercureProtocol extends TokenProfile {

    /**
     * What the parameters of a subscriber ask for.
     *
     * @throws IllegalArgumentException saying what is wrong with them
     */
    List<TopicMatcher> matchers(MercureForm query);

    /** Returns the names of a subscriber's parameters. */
    Set<String> parameterNames();

    /** Returns the type of a matcher that chooses one topic by its name. */
    String exactType();

    /** The last event seen, as the parameters of a subscriber name it; {@code null} if they do not. */
    @Nullable
    String lastEventId(MercureForm query);

    /** The header of the answer that names the event before the first one sent. */
    String lastEventIdHeader();

    /** The claims of a token that grants these actions on every topic. */
    JsonObject claims(Set<TopicAction> actions);

    /** The segments of an address that name a matcher. */
    List<String> segments(TopicMatcher matcher);

    /** How many those are. */
    int matcherSegments();

    /** The media type of documents on active subscriptions. */
    String documentType();

    /** The event type of updates on active subscriptions. */
    @Nullable
    String eventType();

    /** The document of one subscription, but for its payload. */
    JsonObjectBuilder subscription(String id, TopicMatcher matcher, String subscriber, boolean active);

    /**
     * The document of several, but for the subscriptions.
     *
     * @param lastEventId of the newest event
     */
    JsonObjectBuilder subscriptions(String id, String lastEventId);

    /** What has to be added to the document of one that is asked for alone. */
    void addLastEventId(JsonObjectBuilder subscription, String lastEventId);
}
