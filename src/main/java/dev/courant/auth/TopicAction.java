package dev.courant.auth;

/** What can be done to a topic. */
public enum TopicAction {
    PUBLISH,
    /** Reads private events as well. */
    SUBSCRIBE,
    /** Ends the streams of others. */
    KICK
}
