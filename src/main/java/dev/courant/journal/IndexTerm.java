package dev.courant.journal;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * The terms of an index: topics, ids of publishers, and "has an idempotency key". A term is the 64-bit FNV-1a hash of a
 * letter and a name. Two names with the same hash cost a few more reads: readers compare the events themselves.
 */
final class IndexTerm {

    /** The term of all events that have an idempotency key. */
    static final long KEYED = hash("k");

    private IndexTerm() {}

    static long topic(String name) {
        return hash("t" + name);
    }

    static long publishedId(String id) {
        return hash("i" + id);
    }

    private static long hash(String text) {
        long hash = 0xcbf29ce484222325L;
        for (byte next : text.getBytes(UTF_8)) {
            hash = (hash ^ (next & 0xff)) * 0x100000001b3L;
        }
        return hash;
    }
}
