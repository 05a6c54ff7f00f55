package dev.courant.access;

/** What can be done to a topic. */
public enum Action {
    PUBLISH,
    /** Reads private events as well. */
    SUBSCRIBE,
    /** Ends the streams of others. */
    KICK
}
