/** Courant: server-sent events for Jakarta EE. {@link dev.courant.Wiring} puts the parts together. */
@NullMarked
package dev.courant;

import org.jspecify.annotations.NullMarked;
