package dev.courant.topic;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToIntFunction;

/**
 * What was asked for last, by its words. Bounded in number and in size, and forgets first what was asked for longest ago.
 * For use by any thread.
 */
final class RecentlyUsed<T> {

    private final Map<String, T> known = new LinkedHashMap<>(16, 0.75f, true);
    private final Function<String, T> compiler;
    private final ToIntFunction<T> size;
    private final int most;
    private final long largest;
    private long total;

    /**
     * @param most how many are kept
     * @param largest what the sizes of all that are kept come to at most
     */
    RecentlyUsed(Function<String, T> compiler, ToIntFunction<T> size, int most, long largest) {
        this.compiler = compiler;
        this.size = size;
        this.most = most;
        this.largest = largest;
    }

    /** Compiles outside its lock: two threads may compile the same words, and share what the first of them made. */
    T get(String words) {
        synchronized (known) {
            T kept = known.get(words);
            if (kept != null) {
                return kept;
            }
        }
        T fresh = compiler.apply(words);
        synchronized (known) {
            T kept = known.putIfAbsent(words, fresh);
            if (kept != null) {
                return kept;
            }
            total += size.applyAsInt(fresh);
            forgetEldest();
            return fresh;
        }
    }

    private void forgetEldest() {
        Iterator<T> eldest = known.values().iterator();
        while (known.size() > most || (total > largest && known.size() > 1)) {
            total -= size.applyAsInt(eldest.next());
            eldest.remove();
        }
    }

    int count() {
        synchronized (known) {
            return known.size();
        }
    }
}
