/** The baseline of the benchmarks: the standard broadcaster of the server in the smallest WAR. */
@NullMarked
package dev.courant.bench.stock;

import org.jspecify.annotations.NullMarked;
