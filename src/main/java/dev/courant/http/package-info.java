/**
 * Servlet filters and problem documents for every request, with no knowledge of topics, tokens or streams: headers, paths, queries, CORS, page headers and the admission of streams.
 */
@NullMarked
package dev.courant.http;

import org.jspecify.annotations.NullMarked;
