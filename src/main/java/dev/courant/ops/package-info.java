/**
 * What operators ask of the application: whether it lives, and whether it can be sent clients. Below {@code /ops}, since
 * some servers answer at {@code /health} and {@code /metrics} for themselves.
 */
@NullMarked
package dev.courant.ops;

import org.jspecify.annotations.NullMarked;
