package dev.courant.mercure;

import dev.courant.auth.TokenProfile;
import dev.courant.auth.TopicAction;
import dev.courant.http.FormParameters;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The differences between versions of the Mercure protocol: parameters, tokens and documents. Immutable. */
public interface MercureProtocol extends TokenProfile {

    /**
     * Parses the matchers in the query of a subscriber.
     *
     * @throws IllegalArgumentException with the reason, if a matcher is malformed or there is none
     */
    List<TopicMatcher> parseMatchers(FormParameters query);

    /** Returns the names of the query parameters of a subscriber that not every stream has. */
    Set<String> parameterNames();

    /** Returns the type of the matchers that select one topic by its name. */
    String exactMatcherType();

    /** Returns the last event id in the query of a subscriber, {@code null} if there is none. */
    @Nullable
    String findLastEventId(FormParameters query);

    /** Returns the name of the response header with the id of the event after which the stream begins. */
    String lastEventIdHeader();

    /** Returns the claims of a token that grants these actions on every topic. */
    JsonObject createClaims(Set<TopicAction> actions);

    /** Returns the path segments that identify a matcher, not percent-encoded. */
    List<String> toPathSegments(TopicMatcher matcher);

    /** Returns the number of path segments that identify a matcher. */
    int matcherSegmentCount();

    /** Returns the media type of the documents about active subscriptions. */
    String documentType();

    /** Returns the event type of the updates about active subscriptions, {@code null} for none. */
    @Nullable
    String eventType();

    /** Returns the document of one subscription, without the claims of its token. */
    JsonObjectBuilder describeSubscription(String id, TopicMatcher matcher, String subscriber, boolean active);

    /**
     * Returns the document of a page of subscriptions, without the subscriptions themselves.
     *
     * @param lastEventId the id of the newest event
     */
    JsonObjectBuilder describeSubscriptions(String id, String lastEventId);

    /** Adds the id of the newest event to the document of a single subscription, in the versions that require it. */
    void addLastEventId(JsonObjectBuilder subscription, String lastEventId);
}
