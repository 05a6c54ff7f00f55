/**
 * Topic selectors: exact names, {@code *}, URI templates and URL patterns. Selectors are immutable and thread-safe.
 */
@NullMarked
package dev.courant.topic;

import org.jspecify.annotations.NullMarked;
