/**
 * The response under every SSE door: what the JAX-RS implementation takes for its output stream is ours, and never
 * blocks. Servlet API only.
 */
@NullMarked
package dev.courant.stream;

import org.jspecify.annotations.NullMarked;
