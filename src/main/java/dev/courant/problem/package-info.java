/**
 * Errors as RFC 9457 problem documents, wherever in the server they arise: no HTML error page, no stack trace.
 */
@NullMarked
package dev.courant.problem;

import org.jspecify.annotations.NullMarked;
