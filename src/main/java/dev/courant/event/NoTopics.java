package dev.courant.event;

/** Chooses no topic. */
public record NoTopics() implements TopicSelector {

    @Override
    public boolean matches(String topic) {
        return false;
    }
}
