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
}
