/** What most applications have today, to be measured against: the server's own broadcaster, in the smallest WAR. */
@NullMarked
package dev.courant.bench.stock;

import org.jspecify.annotations.NullMarked;
