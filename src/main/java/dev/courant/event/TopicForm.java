package dev.courant.event;

import org.jspecify.annotations.Nullable;

/**
 * The form in which selectors of one kind compare topics. Immutable and thread-safe. Equal forms convert every topic to
 * the same text.
 */
@FunctionalInterface
public interface TopicForm {

    /** The topic as it is written. */
    TopicForm NAME = topic -> topic;

    /** Returns the topic in this form, or {@code null} if no selector of this kind can match it. */
    @Nullable
    String convert(String topic);
}
