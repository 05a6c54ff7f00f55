/**
 * Servlet filters and problem documents for every request: headers, paths, queries and CORS. The package does not depend
 * on topics, tokens or subscriptions. All classes are stateless or thread-safe. Start with {@link ProblemFilter} and
 * {@link ProblemDetails}; {@code dev.courant.app.FilterSetup} defines the order of the filters.
 */
@NullMarked
package dev.courant.http;

import org.jspecify.annotations.NullMarked;
