/**
 * The health endpoints for operators, below {@code /ops}: some servers use {@code /health} and {@code /metrics}
 * themselves. Resources run on request threads and never block. Start reading with
 * {@link dev.courant.ops.HealthResource}.
 */
@NullMarked
package dev.courant.ops;

import org.jspecify.annotations.NullMarked;
