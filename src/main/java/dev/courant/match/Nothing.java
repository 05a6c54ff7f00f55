package dev.courant.match;

import dev.courant.event.TopicSelector;

/** Chooses no topic. */
public record Nothing() implements TopicSelector {

    @Override
    public boolean matches(String topic) {
        return false;
    }
}
