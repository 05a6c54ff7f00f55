/**
 * Who may publish, read and end what: tokens, keys, grants, and the origins of pages. What a token looks like in a dialect
 * of the Mercure protocol is told by a {@link dev.courant.access.TokenProfile}; nothing outside this package sees a token.
 */
@NullMarked
package dev.courant.access;

import org.jspecify.annotations.NullMarked;
