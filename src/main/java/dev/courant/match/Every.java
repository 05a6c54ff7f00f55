package dev.courant.match;

import dev.courant.event.TopicSelector;

/** The wildcard {@code *}: chooses every topic. */
public record Every() implements TopicSelector {

    @Override
    public boolean matches(String topic) {
        return true;
    }
}
