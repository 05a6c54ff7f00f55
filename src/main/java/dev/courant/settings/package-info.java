/**
 * Typed settings, read once at start from system properties, the environment and, where the server has it,
 * MicroProfile Config.
 */
@NullMarked
package dev.courant.settings;

import org.jspecify.annotations.NullMarked;
