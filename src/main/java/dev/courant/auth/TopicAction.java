package dev.courant.auth;

/** An action on a topic that a token can grant. */
public enum TopicAction {
    PUBLISH,
    /** Subscribing, including to private events. */
    SUBSCRIBE,
    /** Ending the streams of other clients. */
    KICK
}
