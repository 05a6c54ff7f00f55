package dev.courant.event;

/**
 * A condition that selects topics by their names. Immutable and thread-safe. Selectors with the same text are equal, so
 * that their subscribers share an audience.
 */
public interface TopicSelector {

    /**
     * Returns whether the selector matches a topic. Dispatchers call this method for every topic, so it never throws.
     * It takes time linear in the length of the name, whatever text a client sends as the selector.
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
     * Returns the cost in memory and matching time: 1 for a pattern of ordinary size, more for a larger one, and 0 for
     * a selector that costs no more than a map lookup.
     */
    default int weight() {
        return 0;
    }
}
