package dev.courant.event;

/** A selector that matches no topic. */
public record NoTopics() implements TopicSelector {

    @Override
    public boolean matches(String topic) {
        return false;
    }
}
