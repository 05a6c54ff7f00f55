package dev.courant.publish;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class BodyMemoryBudgetTest {

    private static final int MAX = 800_000;
    private static final int SMALL = 16 << 10;

    private final BodyMemoryBudget budget = new BodyMemoryBudget(MAX);

    @Test
    void allowsBodiesUntilTheirBytesAreInUse() {
        BodyMemoryBudget.Share one = budget.share();
        BodyMemoryBudget.Share two = budget.share();
        assertTrue(one.take(MAX / 2));
        assertTrue(two.take(MAX / 4));
        assertFalse(two.take(MAX / 4));
        assertEquals(MAX / 2 + MAX / 4, budget.used(), "what was refused is not counted");

        one.close();
        one.close();
        assertTrue(two.take(MAX / 4));
        two.close();
        assertEquals(0, budget.used());
    }

    @Test
    void stillAllowsSmallBodiesWhereNoLargeOneIsAllowed() {
        BodyMemoryBudget.Share large = budget.share();
        assertTrue(large.take(MAX / 8 * 7));
        assertFalse(budget.share().take(SMALL + 1));
        assertTrue(budget.share().take(SMALL));
    }

    @Test
    void allowsABodyOfAnySizeIfItIsTheOnlyOne() {
        BodyMemoryBudget.Share huge = budget.share();
        assertTrue(huge.take(MAX));
        assertTrue(huge.take(MAX));
        assertFalse(budget.share().take(1));

        huge.close();
        assertTrue(budget.share().take(1));
    }

    @Test
    void isAThirtySecondOfTheHeapButOneMebibyteAtLeast() {
        assertTrue(BodyMemoryBudget.ofHeap(256L << 20).share().take(7 << 20));
        BodyMemoryBudget little = BodyMemoryBudget.ofHeap(1 << 20);
        little.share().take(1);
        assertTrue(little.share().take(900_000));
    }
}
