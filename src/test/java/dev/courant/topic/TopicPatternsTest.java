package dev.courant.topic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.courant.event.Topic;
import dev.courant.support.TestDeadline;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TopicPatternsTest {

    @ParameterizedTest
    @CsvSource({
        "'', a, false",
        "' , ', a, false",
        "a, a, true",
        "a, ab, false",
        "a, b/a, false",
        "'a, b', b, true",
        "news/*, news/x, true",
        "news/*, news/x/y, false",
        "news/*, news, false",
        "news/**, news/x/y, true",
        "*, a, true",
        "*, a/b, false",
        "**, a/b, true",
        "a*c/**, abc/d, true",
        "a.c, abc, false",
        "(a|b), a, false",
        "[a], a, false",
        "a**, a, true",
        "***, a/b, true",
        "**/x, a/b/x, true",
        "**/x, a/b/y, false",
        "a*b*c, aXbYc, true",
        "a*b*c, aXb/Yc, false"
    })
    void matchesWholeTopicsSegmentBySegment(String patterns, String topic, boolean matches) {
        assertEquals(matches, TopicPatterns.of(patterns).matches(topic));
    }

    @Test
    void starsDoNotMultiplyTheWork() {
        TopicPatterns many = TopicPatterns.of("*a**a*".repeat(30) + "b");
        assertTimeoutPreemptively(TestDeadline.DURATION, () -> assertFalse(many.matches("a".repeat(Topic.MAX_LENGTH))));
    }

    @Test
    void areEqualIfTheirPatternsAre() {
        assertEquals(TopicPatterns.of("a, b/*"), TopicPatterns.of("a,b/*,"));
    }
}
