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

    private final LruCache<String> cache = new LruCache<>(text -> new String(text), String::length, 3, 10);

    @Test
    void compilesEqualTextOnce() {
        assertSame(patterns.urlPattern("/:a"), patterns.urlPattern("/:a"));
        assertSame(patterns.uriTemplate("/{a}"), patterns.uriTemplate("/{a}"));
        assertTrue(patterns.urlPattern("/:a").matches("https://example.com/x"));
    }

    @Test
    void rejectsMalformedPatternsEachTime() {
        assertThrows(IllegalArgumentException.class, () -> patterns.urlPattern("/("));
        assertThrows(IllegalArgumentException.class, () -> patterns.urlPattern("/("));
    }

    @Test
    void evictsLeastRecentlyUsed() {
        String a = cache.get("a");
        String b = cache.get("b");
        cache.get("c");
        assertSame(a, cache.get("a"));
        cache.get("d");
        assertSame(a, cache.get("a"));
        assertNotSame(b, cache.get("b"));
        assertEquals(3, cache.size());
    }

    @Test
    void evictsMoreForLargePatterns() {
        cache.get("1234");
        cache.get("12345");
        assertEquals(2, cache.size());
        cache.get("123456789");
        assertEquals(1, cache.size());
        String huge = cache.get("12345678901234567890");
        assertSame(huge, cache.get("12345678901234567890"));
    }

    @Test
    void returnsSameInstanceToAllThreads() {
        LruCache<Object> shared = new LruCache<>(text -> new Object(), each -> 1, 1_000, 1_000);
        Set<Object> returned = ConcurrentHashMap.newKeySet();
        IntStream.range(0, 10_000).parallel().forEach(each -> returned.add(shared.get("/" + each % 10)));
        assertEquals(10, returned.size());
    }
}
