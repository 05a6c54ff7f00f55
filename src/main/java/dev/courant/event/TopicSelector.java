package dev.courant.event;

/**
 * Chooses topics by their names. Immutable, for use by any thread, and equal to every selector of the same words: those
 * who choose alike are served together.
 */
public interface TopicSelector {

    /**
     * Whether a topic of this name is chosen. Takes time linear in the length of the name, whoever wrote the words, and
     * never throws: it is asked on the path of delivery.
     */
    boolean matches(String topic);

    /** Returns the form in which {@link #prefix} is compared with topics. */
    default TopicForm form() {
        return TopicForm.NAME;
    }

    /** Returns the text with which every topic that is chosen begins, in its {@link #form}. It may be empty. */
    default String prefix() {
        return "";
    }

    /**
     * Returns what the selector costs in memory and in matching time, in patterns of ordinary size. A selector that costs
     * no more than a look-up has the weight 0.
     */
    default int weight() {
        return 0;
    }
}
