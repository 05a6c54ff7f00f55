package dev.courant.access;

import dev.courant.problem.ProblemException;
import java.util.Collection;

/** Lets a request through to what it wants to do, by its access and by what is open to everyone. Immutable. */
public final class Gate {

    private final Challenge challenge;
    private final TopicPatterns openToPublish;
    private final boolean openToSubscribe;

    /**
     * Knows what is open to everyone.
     *
     * @param openToPublish {@code courant.publish.anonymous}: topics that anyone may publish to
     * @param openToSubscribe {@code courant.subscribe.anonymous}: whether anyone may read public events
     */
    public Gate(Challenge challenge, TopicPatterns openToPublish, boolean openToSubscribe) {
        this.challenge = challenge;
        this.openToPublish = openToPublish;
        this.openToSubscribe = openToSubscribe;
    }

    /**
     * An event may be published if each of its topics may (Mercure, "Publishers").
     *
     * @throws ProblemException 401 without a token, 403 with one that is not enough
     */
    public void publish(Access access, Collection<String> topics) {
        if (!topics.isEmpty()
                && topics.stream()
                        .allMatch(topic -> openToPublish.matches(topic) || access.may(Action.PUBLISH, topic))) {
            return;
        }
        throw unpublishable(access);
    }

    /**
     * Before it is read what is to be published where.
     *
     * @throws ProblemException 401 or 403 if whatever it is may not be
     */
    public void admitPublisher(Access access) {
        if (openToPublish.patterns().isEmpty() && !access.mayAnywhere(Action.PUBLISH)) {
            throw unpublishable(access);
        }
    }

    private ProblemException unpublishable(Access access) {
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
    public void subscribe(Access access) {
        if (!openToSubscribe && access.isAnonymous()) {
            throw challenge.tokenNeeded("To subscribe here takes an access token.");
        }
    }

    /**
     * What is private itself, such as the list of subscriptions.
     *
     * @throws ProblemException 401 without a token, 403 with one that is not enough
     */
    public void read(Access access, String topic) {
        require(access, Action.SUBSCRIBE, topic, "read this");
    }

    /**
     * To end the streams of others.
     *
     * @throws ProblemException 401 without a token, 403 with one that is not enough
     */
    public void kick(Access access, String topic) {
        require(access, Action.KICK, topic, "end the streams of others");
    }

    private void require(Access access, Action action, String topic, String what) {
        if (access.isAnonymous()) {
            throw challenge.tokenNeeded("To " + what + " takes an access token.");
        }
        if (!access.may(action, topic)) {
            throw challenge.tokenInsufficient("The access token does not allow to " + what + '.');
        }
    }
}
