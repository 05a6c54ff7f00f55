package dev.courant.auth;

import static dev.courant.settings.SettingCatalogue.PUBLISH_ANONYMOUS;

import dev.courant.http.ProblemException;
import dev.courant.topic.TopicPatterns;
import java.util.Collection;

/**
 * The decision whether a request may act on topics, from its token and the anonymous access. Each check throws a {@link
 * ProblemException} with status 401 without a token, or 403 if the token does not grant the action. Immutable.
 *
 * @param anonymousPublish {@code courant.publish.anonymous}: the topics to which clients may publish without a token
 */
public record AccessPolicy(BearerChallenge challenge, TopicPatterns anonymousPublish) {

    /** Checks that the request may publish to each topic of an event (Mercure, "Publishers"). */
    public void checkPublish(AccessRights rights, Collection<String> topics) {
        if (topics.isEmpty()
                || !topics.stream()
                        .allMatch(topic ->
                                anonymousPublish.matches(topic) || rights.hasGrant(TopicAction.PUBLISH, topic))) {
            throw createPublishRefusal(rights);
        }
    }

    /** Checks that the request may publish to at least one topic. */
    void checkPublisher(AccessRights rights) {
        if (anonymousPublish.patterns().isEmpty()
                && rights.grants().stream().noneMatch(grant -> grant.actions().contains(TopicAction.PUBLISH))) {
            throw createPublishRefusal(rights);
        }
    }

    private ProblemException createPublishRefusal(AccessRights rights) {
        return refuse(
                rights,
                "Publishing here requires an access token. To allow it without a token, set " + PUBLISH_ANONYMOUS
                        + " (environment variable " + PUBLISH_ANONYMOUS.variable()
                        + ") to a pattern of the topic, such as news/**",
                "The access token does not grant publishing to all of these topics. Send a"
                        + " token with a publish grant for each of them.");
    }

    private ProblemException refuse(AccessRights rights, String missingToken, String insufficientScope) {
        return rights.isAnonymous()
                ? challenge.missingToken(missingToken)
                : challenge.insufficientScope(insufficientScope);
    }

    /** Checks that the token grants an action: to read a private resource, or to end the streams of other clients. */
    public void check(AccessRights rights, TopicAction action, String topic) {
        if (!rights.hasGrant(action, topic)) {
            String activity =
                    action == TopicAction.KICK ? "ending the streams of other clients" : "reading this resource";
            throw refuse(
                    rights,
                    "An access token is required for " + activity + '.',
                    "The access token does not grant " + activity + '.');
        }
    }
}
