package dev.courant.event;

import org.jspecify.annotations.Nullable;

/**
 * The form in which selectors of one kind compare topics. Immutable, for use by any thread; equal forms give the same text
 * for every topic.
 */
@FunctionalInterface
public interface TopicForm {

    /** The topic as it is written. */
    TopicForm NAME = topic -> topic;

    /** Returns the topic in this form, or {@code null} if no selector of this kind can choose it. */
    @Nullable
    String convert(String topic);
}
