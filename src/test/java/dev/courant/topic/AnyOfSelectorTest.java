package dev.courant.topic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.courant.event.NoTopics;
import dev.courant.event.TopicSelector;
import java.util.List;
import org.junit.jupiter.api.Test;

class AnyOfSelectorTest {

    private static final TopicSelector A = new ExactTopic("a");
    private static final TopicSelector B = new ExactTopic("b");
    private static final TopicSelector NUMBERS = UriTemplate.of("/{n}");

    @Test
    void matchesWhatAnyMemberMatches() {
        TopicSelector any = AnyOfSelector.of(List.of(A, NUMBERS, B));
        assertTrue(any.matches("a"));
        assertTrue(any.matches("b"));
        assertTrue(any.matches("/1"));
        assertFalse(any.matches("c"));
        assertFalse(any.matches("A"));
    }

    @Test
    void ignoresOrderAndNesting() {
        TopicSelector any = AnyOfSelector.of(List.of(A, NUMBERS, B));
        TopicSelector same =
                AnyOfSelector.of(List.of(AnyOfSelector.of(List.of(B, UriTemplate.of("/{n}"))), B, new NoTopics(), A));
        assertEquals(any, same);
        assertEquals(any.hashCode(), same.hashCode());
        assertNotEquals(any, AnyOfSelector.of(List.of(A, NUMBERS)));
        assertNotEquals(any, AnyOfSelector.of(List.of(A, B)));
    }

    @Test
    void returnsTheOnlyMember() {
        assertEquals(new NoTopics(), AnyOfSelector.of(List.of()));
        assertEquals(new NoTopics(), AnyOfSelector.of(List.of(new NoTopics())));
        assertEquals(A, AnyOfSelector.of(List.of(A, new ExactTopic("a"))));
        assertEquals(NUMBERS, AnyOfSelector.of(List.of(NUMBERS)));
        assertEquals(new EveryTopic(), AnyOfSelector.of(List.of(A, new EveryTopic(), NUMBERS)));
    }

    @Test
    void matchesEveryTopicOrNone() {
        assertTrue(new EveryTopic().matches(""));
        assertFalse(new NoTopics().matches(""));
    }
}
