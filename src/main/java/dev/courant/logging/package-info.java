/** Limits on log messages, which every package may use. This package depends on no other. */
@NullMarked
package dev.courant.logging;

import org.jspecify.annotations.NullMarked;
