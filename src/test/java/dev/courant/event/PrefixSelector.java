package dev.courant.event;

/** Chooses the topics whose names begin like this; all, if it is empty. */
public record PrefixSelector(String prefix) implements TopicSelector {

    @Override
    public boolean matches(String topic) {
        return topic.startsWith(prefix);
    }

    @Override
    public int weight() {
        return prefix.length();
    }
}
