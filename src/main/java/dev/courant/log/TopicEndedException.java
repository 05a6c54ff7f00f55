package dev.courant.log;

/** Thrown when an event is published to a topic that has ended. */
public final class TopicEndedException extends LogException {

    private static final long serialVersionUID = 1;

    public TopicEndedException() {
        super("A topic of this event has ended, and takes no further event. Publish to another topic.");
    }
}
