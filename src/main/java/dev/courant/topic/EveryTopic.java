package dev.courant.topic;

import dev.courant.event.TopicSelector;

/** The wildcard {@code *}, which matches every topic. Immutable. */
public record EveryTopic() implements TopicSelector {

    @Override
    public boolean matches(String topic) {
        return true;
    }
}
