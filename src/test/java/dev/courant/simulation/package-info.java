/**
 * A simulation of publishers, subscribers, an operator, the hub and its log. It runs on one thread, in virtual time, from
 * one seed, and checks the promises of docs/reliability.md after every step. Start reading at
 * {@link dev.courant.simulation.Simulation}.
 */
@NullMarked
package dev.courant.simulation;

import org.jspecify.annotations.NullMarked;
