/**
 * The benchmarks: servers started one after the other, many streams read by one thread, and what the kernel and the
 * checker say of it. Nothing but the JDK is used, except by {@link dev.courant.bench.Appending}, and nothing
 * here runs in the build: see {@link dev.courant.bench.Bench}.
 */
@NullMarked
package dev.courant.bench;

import org.jspecify.annotations.NullMarked;
