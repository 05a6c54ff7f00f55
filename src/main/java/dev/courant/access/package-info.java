/** Who may publish what. Plain Java, immutable. */
@NullMarked
package dev.courant.access;

import org.jspecify.annotations.NullMarked;
