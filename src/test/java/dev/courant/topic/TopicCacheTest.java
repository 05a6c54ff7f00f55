package dev.courant.topic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TopicCacheTest {

    private final AtomicInteger computations = new AtomicInteger();
    private final TopicCache<Boolean> cache = TopicCache.ofMatches(name -> {
        computations.incrementAndGet();
        return name.startsWith("yes");
    });

    @Test
    void matchesATopicOnce() {
        for (int round = 0; round < 5; round++) {
            assertTrue(matches("yes"));
            assertFalse(matches("no"));
        }
        assertEquals(2, computations.get());
    }

    @Test
    void cachesFewTopicsAndEvictsOfMany() {
        IntStream.range(0, 10).forEach(each -> matches("/books/" + each));
        IntStream.range(0, 10).forEach(each -> matches("/books/" + each));
        assertTrue(computations.get() < 15, () -> computations + " computations");
        computations.set(0);
        IntStream.range(0, 20_000).forEach(each -> matches("/books/" + each % 10_000));
        assertTrue(computations.get() > 19_000, () -> computations + " computations");
    }

    @Test
    void doesNotCacheLongTopics() {
        String topic = "yes" + "x".repeat(10_000);
        matches(topic);
        matches(topic);
        assertEquals(2, computations.get());
    }

    @Test
    void isCorrectWithConcurrentThreads() {
        long wrong = IntStream.range(0, 200_000)
                .parallel()
                .mapToObj(each -> (each % 2 == 0 ? "yes" : "no") + each % 500)
                .filter(topic -> matches(topic) != topic.startsWith("yes"))
                .count();
        assertEquals(0, wrong);
    }

    private boolean matches(String topic) {
        return cache.get(topic);
    }
}
