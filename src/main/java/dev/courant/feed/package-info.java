/**
 * The random number a second that Courant streams when nothing is configured.
 */
@NullMarked
package dev.courant.feed;

import org.jspecify.annotations.NullMarked;
