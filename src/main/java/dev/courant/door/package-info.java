/**
 * What both doors do alike: find out who asks and what they may, read what is published, and publish it.
 */
@NullMarked
package dev.courant.door;

import org.jspecify.annotations.NullMarked;
