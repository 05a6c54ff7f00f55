package dev.courant.topic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MatchCacheTest {

    private final MatchCache memo = new MatchCache();
    private final AtomicInteger judged = new AtomicInteger();

    @Test
    void judgesATopicOnce() {
        for (int round = 0; round < 5; round++) {
            assertTrue(ask("yes"));
            assertFalse(ask("no"));
        }
        assertEquals(2, judged.get());
    }

    @Test
    void remembersMostOfAFewAndNotAllOfMany() {
        IntStream.range(0, 10).forEach(each -> ask("/books/" + each));
        IntStream.range(0, 10).forEach(each -> ask("/books/" + each));
        assertTrue(judged.get() < 15, () -> judged + " judged");
        judged.set(0);
        IntStream.range(0, 20_000).forEach(each -> ask("/books/" + each % 10_000));
        assertTrue(judged.get() > 19_000, () -> judged + " judged");
    }

    @Test
    void keepsNoLongTopic() {
        String topic = "yes" + "x".repeat(10_000);
        ask(topic);
        ask(topic);
        assertEquals(2, judged.get());
    }

    @Test
    void isRightForManyThreads() {
        long wrong = IntStream.range(0, 200_000)
                .parallel()
                .mapToObj(each -> (each % 2 == 0 ? "yes" : "no") + each % 500)
                .filter(topic -> ask(topic) != topic.startsWith("yes"))
                .count();
        assertEquals(0, wrong);
    }

    private boolean ask(String topic) {
        return memo.verdict(topic, name -> {
            judged.incrementAndGet();
            return name.startsWith("yes");
        });
    }
}
