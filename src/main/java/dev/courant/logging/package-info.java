/** What the log messages of all packages share. It depends on no other package. */
@NullMarked
package dev.courant.logging;

import org.jspecify.annotations.NullMarked;
