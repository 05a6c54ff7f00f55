/**
 * The offline checker, which compares published events with the events that each client received. It finds lost, duplicated,
 * reordered and foreign events. It uses only the JDK; start reading at {@link dev.courant.check.DeliveryChecker}.
 */
@NullMarked
package dev.courant.check;

import org.jspecify.annotations.NullMarked;
