package dev.courant.simulation;

import java.util.Random;

/**
 * One action. It draws its random values from its own seed, so that a step does the same if the steps before it are
 * removed.
 *
 * @param number the position in the list of all steps of a seed
 */
record Step(int number, StepKind kind, long seed) {

    Random random() {
        return new Random(seed);
    }
}
