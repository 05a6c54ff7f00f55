/**
 * The benchmarks, which start servers, read many streams with one thread, and report statistics of the kernel and of
 * {@link dev.courant.check}. Only {@link dev.courant.bench.AppendScenario} uses more than the JDK. The build does not run
 * them; start reading at {@link dev.courant.bench.Bench}.
 */
@NullMarked
package dev.courant.bench;

import org.jspecify.annotations.NullMarked;
