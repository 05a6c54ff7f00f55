/**
 * Who may publish or read what.
 */
@NullMarked
package dev.courant.access;

import org.jspecify.annotations.NullMarked;
