package dev.courant.topic;

import dev.courant.event.TopicSelector;

/** The selector for one topic by its exact name, neither resolved nor normalized (Mercure, "Exact Matching"). Immutable. */
public record ExactTopic(String name) implements TopicSelector {

    @Override
    public boolean matches(String topic) {
        return name.equals(topic);
    }
}
