package dev.courant.journal;

import dev.courant.log.IdempotencyKey;

/**
 * Under which key an event was stored, and when.
 *
 * @param millis by the clock on the wall
 */
record StoredKey(long millis, IdempotencyKey once) {

    static StoredKey read(String text) {
        int digest = text.indexOf(' ') + 1;
        int key = text.indexOf(' ', digest) + 1;
        return new StoredKey(
                Long.parseLong(text, 0, digest - 1, 10),
                new IdempotencyKey(text.substring(key), text.substring(digest, key - 1)));
    }

    String text() {
        return millis + " " + once.digest() + ' ' + once.key();
    }
}
