/**
 * What an event is, how it is named and how it stands on the wire. Plain Java; everything here is immutable.
 */
@NullMarked
package dev.courant.event;

import org.jspecify.annotations.NullMarked;
