/**
 * Topic selectors: exact names, {@code *}, URI templates and URL patterns. All classes are thread-safe. Start with {@link
 * dev.courant.topic.PatternCache}, which compiles patterns, and {@link dev.courant.topic.AnyOfSelector}, their union.
 */
@NullMarked
package dev.courant.topic;

import org.jspecify.annotations.NullMarked;
