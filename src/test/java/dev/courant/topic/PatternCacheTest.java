package dev.courant.topic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.courant.urlpattern.WebUrl;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PatternCacheTest {

    private final PatternCache patterns =
            new PatternCache(Objects.requireNonNull(WebUrl.parse("https://example.com/hub", null)));

    private final RecentlyUsed<String> recent = new RecentlyUsed<>(words -> new String(words), String::length, 3, 10);

    @Test
    void compilesTheSameWordsOnce() {
        assertSame(patterns.urlPattern("/:a"), patterns.urlPattern("/:a"));
        assertSame(patterns.uriTemplate("/{a}"), patterns.uriTemplate("/{a}"));
        assertTrue(patterns.urlPattern("/:a").matches("https://example.com/x"));
    }

    @Test
    void refusesMalformedOnesEachTime() {
        assertThrows(IllegalArgumentException.class, () -> patterns.urlPattern("/("));
        assertThrows(IllegalArgumentException.class, () -> patterns.urlPattern("/("));
    }

    @Test
    void forgetsWhatWasAskedForLongestAgo() {
        String a = recent.get("a");
        String b = recent.get("b");
        recent.get("c");
        assertSame(a, recent.get("a"));
        recent.get("d");
        assertSame(a, recent.get("a"));
        assertNotSame(b, recent.get("b"));
        assertEquals(3, recent.count());
    }

    @Test
    void forgetsMoreWhereWhatItKeepsIsLarge() {
        recent.get("1234");
        recent.get("12345");
        assertEquals(2, recent.count());
        recent.get("123456789");
        assertEquals(1, recent.count());
        String huge = recent.get("12345678901234567890");
        assertSame(huge, recent.get("12345678901234567890"));
    }

    @Test
    void givesAllThreadsTheSame() {
        RecentlyUsed<Object> shared = new RecentlyUsed<>(words -> new Object(), each -> 1, 1_000, 1_000);
        Set<Object> given = ConcurrentHashMap.newKeySet();
        IntStream.range(0, 10_000).parallel().forEach(each -> given.add(shared.get("/" + each % 10)));
        assertEquals(10, given.size());
    }
}
