package dev.courant.topic;

import dev.courant.event.TopicSelector;

/** Chooses the one topic of this very name: no base, no normal forms (Mercure, section on exact matching). */
public record ExactTopic(String name) implements TopicSelector {

    @Override
    public boolean matches(String topic) {
        return name.equals(topic);
    }
}
