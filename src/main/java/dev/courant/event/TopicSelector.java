package dev.courant.event;

/**
 * A condition on the names of topics. Immutable and thread-safe. Selectors with the same text are equal, so that their
 * subscribers share an audience.
 */
public interface TopicSelector {

    /**
     * Returns whether the selector matches a topic. Never throws, because dispatchers call it for every topic. Takes
     * time linear in the length of the name, even if the text of the selector is hostile.
     */
    boolean matches(String topic);

    /** Returns the form in which {@link #prefix} is compared with topics. */
    default TopicForm form() {
        return TopicForm.NAME;
    }

    /** Returns the text with which every matching topic begins, in its {@link #form}; may be empty. */
    default String prefix() {
        return "";
    }

    /**
     * Returns the cost in memory and matching time, in patterns of ordinary size. The weight is 0 if the selector costs
     * no more than a lookup.
     */
    default int weight() {
        return 0;
    }
}
