package dev.courant.event;

/** A selector of the topics with this prefix; an empty prefix matches every topic. */
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
