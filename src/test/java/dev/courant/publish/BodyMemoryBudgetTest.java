package dev.courant.publish;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class BodyMemoryBudgetTest {

    private static final int MAX = 800_000;
    private static final int SMALL_BYTES = 16 << 10;

    private final BodyMemoryBudget budget = new BodyMemoryBudget(MAX);

    @Test
    void allowsBodiesUntilTheBudgetIsUsed() {
        BodyMemoryBudget.Share one = budget.openShare();
        BodyMemoryBudget.Share two = budget.openShare();
        assertTrue(one.tryReserve(MAX / 2));
        assertTrue(two.tryReserve(MAX / 4));
        assertFalse(two.tryReserve(MAX / 4));
        assertEquals(MAX / 2 + MAX / 4, budget.usedBytes(), "a refused reservation is not counted");

        one.close();
        one.close();
        assertTrue(two.tryReserve(MAX / 4));
        two.close();
        assertEquals(0, budget.usedBytes());
    }

    @Test
    void allowsSmallBodiesWhileLargeOnesAreRefused() {
        BodyMemoryBudget.Share large = budget.openShare();
        assertTrue(large.tryReserve(MAX / 8 * 7));
        assertFalse(budget.openShare().tryReserve(SMALL_BYTES + 1));
        assertTrue(budget.openShare().tryReserve(SMALL_BYTES));
    }

    @Test
    void allowsABodyOfAnySizeIfItIsTheOnlyOne() {
        BodyMemoryBudget.Share huge = budget.openShare();
        assertTrue(huge.tryReserve(MAX));
        assertTrue(huge.tryReserve(MAX));
        assertFalse(budget.openShare().tryReserve(1));

        huge.close();
        assertTrue(budget.openShare().tryReserve(1));
    }

    @Test
    void isAShareOfTheHeapButAtLeastOneMebibyte() {
        assertTrue(BodyMemoryBudget.ofHeap(256L << 20).openShare().tryReserve(7 << 20));
        BodyMemoryBudget little = BodyMemoryBudget.ofHeap(1 << 20);
        little.openShare().tryReserve(1);
        assertTrue(little.openShare().tryReserve(900_000));
    }
}
