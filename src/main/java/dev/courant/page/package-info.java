/**
 * The headers under which the static page is served.
 */
@NullMarked
package dev.courant.page;

import org.jspecify.annotations.NullMarked;
