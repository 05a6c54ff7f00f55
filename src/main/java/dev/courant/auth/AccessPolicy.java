package dev.courant.auth;

import dev.courant.http.ProblemException;
import java.util.Collection;

/** Lets a request through to what it wants to do, by its access and by what is open to everyone. Immutable. */
public final class AccessPolicy {

    private final BearerChallenge challenge;
    private final TopicPatterns openToPublish;
    private final boolean openToSubscribe;

    /**
     * Knows what is open to everyone.
     *
     * @param openToPublish {@code courant.publish.anonymous}: topics that anyone may publish to
     * @param openToSubscribe {@code courant.subscribe.anonymous}: whether anyone may read public events
     */
    public AccessPolicy(BearerChallenge challenge, TopicPatterns openToPublish, boolean openToSubscribe) {
        this.challenge = challenge;
        this.openToPublish = openToPublish;
        this.openToSubscribe = openToSubscribe;
    }

    /**
     * An event may be published if each of its topics may (Mercure, "Publishers").
     *
     * @throws ProblemException 401 without a token, 403 with one that is not enough
     */
    public void publish(AccessRights access, Collection<String> topics) {
        if (!topics.isEmpty()
                && topics.stream()
                        .allMatch(topic -> openToPublish.matches(topic) || access.may(TopicAction.PUBLISH, topic))) {
            return;
        }
        throw unpublishable(access);
    }

    /**
     * Before it is read what is to be published where.
     *
     * @throws ProblemException 401 or 403 if whatever it is may not be
     */
    public void admitPublisher(AccessRights access) {
        if (openToPublish.patterns().isEmpty() && !access.mayAnywhere(TopicAction.PUBLISH)) {
            throw unpublishable(access);
        }
    }

    private ProblemException unpublishable(AccessRights access) {
        return access.isAnonymous()
                ? challenge.tokenNeeded("To publish here takes an access token. To let anyone publish to a topic, set"
                        + " courant.publish.anonymous (in the environment COURANT_PUBLISH_ANONYMOUS) to a pattern that"
                        + " matches it, such as news/**")
                : challenge.tokenInsufficient("The access token does not allow to publish to each of these topics.");
    }

    /**
     * A stream of public events, and of private ones as far as the access goes.
     *
     * @throws ProblemException 401 without a token where one is needed
     */
    public void subscribe(AccessRights access) {
        if (!openToSubscribe && access.isAnonymous()) {
            throw challenge.tokenNeeded("To subscribe here takes an access token.");
        }
    }

    /**
     * What is private itself, such as the list of subscriptions.
     *
     * @throws ProblemException 401 without a token, 403 with one that is not enough
     */
    public void read(AccessRights access, String topic) {
        require(access, TopicAction.SUBSCRIBE, topic, "read this");
    }

    /**
     * To end the streams of others.
     *
     * @throws ProblemException 401 without a token, 403 with one that is not enough
     */
    public void kick(AccessRights access, String topic) {
        require(access, TopicAction.KICK, topic, "end the streams of others");
    }

    private void require(AccessRights access, TopicAction action, String topic, String what) {
        if (access.isAnonymous()) {
            throw challenge.tokenNeeded("To " + what + " takes an access token.");
        }
        if (!access.may(action, topic)) {
            throw challenge.tokenInsufficient("The access token does not allow to " + what + '.');
        }
    }
}
