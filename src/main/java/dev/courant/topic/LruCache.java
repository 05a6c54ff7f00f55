package dev.courant.topic;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToIntFunction;

/**
 * A cache that maps texts to the values compiled from them, with a maximum number and a maximum total size. Evicts the
 * least recently used value first. Thread-safe.
 */
final class LruCache<T> {

    private final Map<String, T> values = new LinkedHashMap<>(16, 0.75f, true);
    private final Function<String, T> compiler;
    private final ToIntFunction<T> sizeOf;
    private final int maxCount;
    private final long maxTotalSize;
    private long totalSize;

    /**
     * @param maxCount the maximum number of values
     * @param maxTotalSize the maximum sum of the sizes of all values; a single larger value is still cached
     */
    LruCache(Function<String, T> compiler, ToIntFunction<T> sizeOf, int maxCount, long maxTotalSize) {
        this.compiler = compiler;
        this.sizeOf = sizeOf;
        this.maxCount = maxCount;
        this.maxTotalSize = maxTotalSize;
    }

    /**
     * Returns the cached value, or compiles and caches it. Compiles outside the lock: two threads may compile the same text,
     * and both then return the value that was cached first.
     */
    T get(String text) {
        synchronized (values) {
            T cached = values.get(text);
            if (cached != null) {
                return cached;
            }
        }
        T compiled = compiler.apply(text);
        synchronized (values) {
            T cached = values.putIfAbsent(text, compiled);
            if (cached != null) {
                return cached;
            }
            totalSize += sizeOf.applyAsInt(compiled);
            evictEldest();
            return compiled;
        }
    }

    private void evictEldest() {
        Iterator<T> eldest = values.values().iterator();
        while (values.size() > maxCount || (totalSize > maxTotalSize && values.size() > 1)) {
            totalSize -= sizeOf.applyAsInt(eldest.next());
            eldest.remove();
        }
    }

    int size() {
        synchronized (values) {
            return values.size();
        }
    }
}
