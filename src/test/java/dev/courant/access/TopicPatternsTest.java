package dev.courant.access;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.courant.event.Topic;
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
        "[a], a, false"
    })
    void matchesWholeTopicsSegmentBySegment(String patterns, String topic, boolean matches) {
        assertEquals(matches, TopicPatterns.of(patterns).match(new Topic(topic)));
    }
}
