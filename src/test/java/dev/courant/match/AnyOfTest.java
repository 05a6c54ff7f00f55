package dev.courant.match;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.courant.event.Nothing;
import dev.courant.event.TopicSelector;
import java.util.List;
import org.junit.jupiter.api.Test;

class AnyOfTest {

    private static final TopicSelector A = new Exact("a");
    private static final TopicSelector B = new Exact("b");
    private static final TopicSelector NUMBERS = UriTemplate.of("/{n}");

    @Test
    void choosesWhatAnyOneChooses() {
        TopicSelector any = AnyOf.of(List.of(A, NUMBERS, B));
        assertTrue(any.matches("a"));
        assertTrue(any.matches("b"));
        assertTrue(any.matches("/1"));
        assertFalse(any.matches("c"));
        assertFalse(any.matches("A"));
    }

    @Test
    void isTheSameInWhateverOrderAndHoweverNested() {
        TopicSelector any = AnyOf.of(List.of(A, NUMBERS, B));
        TopicSelector same = AnyOf.of(List.of(AnyOf.of(List.of(B, UriTemplate.of("/{n}"))), B, new Nothing(), A));
        assertEquals(any, same);
        assertEquals(any.hashCode(), same.hashCode());
        assertNotEquals(any, AnyOf.of(List.of(A, NUMBERS)));
        assertNotEquals(any, AnyOf.of(List.of(A, B)));
    }

    @Test
    void isNoUnionWhereThereIsNoneToMake() {
        assertEquals(new Nothing(), AnyOf.of(List.of()));
        assertEquals(new Nothing(), AnyOf.of(List.of(new Nothing())));
        assertEquals(A, AnyOf.of(List.of(A, new Exact("a"))));
        assertEquals(NUMBERS, AnyOf.of(List.of(NUMBERS)));
        assertEquals(new Every(), AnyOf.of(List.of(A, new Every(), NUMBERS)));
    }

    @Test
    void everyChoosesAllAndNothingNone() {
        assertTrue(new Every().matches(""));
        assertFalse(new Nothing().matches(""));
    }
}
