/**
 * Typed settings, read once at start from system properties, the environment and MicroProfile Config. All records are
 * immutable. Start reading at {@link dev.courant.settings.Settings}.
 */
@NullMarked
package dev.courant.settings;

import org.jspecify.annotations.NullMarked;
