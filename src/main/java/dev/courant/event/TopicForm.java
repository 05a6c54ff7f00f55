package dev.courant.event;

import org.jspecify.annotations.Nullable;

/**
 * The conversion of a topic to the text that a selector compares. For example, URL patterns compare normalized URLs,
 * and templates compare the topic itself. Immutable and thread-safe. Forms that are equal convert every topic to the
 * same text.
 */
@FunctionalInterface
public interface TopicForm {

    /** The topic itself, unchanged. */
    TopicForm NAME = topic -> topic;

    /** Returns the text for a topic, or {@code null} if no selector with this form can match the topic. */
    @Nullable
    String convert(String topic);
}
