package dev.courant.log;

import dev.courant.event.Event;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The numbers and digests of the events of a publishing stream with an idempotency key. It detects the events that the log
 * already has, from an earlier request or from one that runs at the same time. Not thread-safe.
 */
final class StreamNumbering {

    private final String key;
    private long next;
    private String digest = ""; // of the event before the next one
    private boolean digestKnown; // not if the request begins before the last stored event, but not with the first event
    private long storedUpTo;
    private String storedDigest = "";

    /**
     * @param first the number of the first event of the request
     * @param position of the stream in the log, or {@code null}
     * @throws LogException if events between the position and the first event are missing
     */
    StreamNumbering(String key, long first, @Nullable StreamPosition position) {
        this.key = key;
        next = first;
        if (position == null) {
            if (first > 1) {
                throw new UnknownStreamException();
            }
        } else if (first > position.number() + 1) {
            throw new StreamPositionException(position);
        } else {
            setStored(position);
        }
        digestKnown = first == 1;
        if (first == storedUpTo + 1) {
            useStoredDigest();
        }
    }

    private void setStored(StreamPosition position) {
        storedUpTo = position.number();
        storedDigest = position.digest();
    }

    private void useStoredDigest() {
        digest = storedDigest;
        digestKnown = true;
    }

    /**
     * Returns the next event with its key, or {@code null} if the log has it.
     *
     * @throws KeyReusedException if the log has another event
     */
    @Nullable
    KeyedEvent add(Event event) {
        String previous = digest;
        long number = next++;
        if (digestKnown) {
            digest = IdempotencyKey.digest(previous, event);
        }
        if (number > storedUpTo) {
            return new KeyedEvent(event, new IdempotencyKey(key, digest, number, previous));
        }
        if (number == storedUpTo) {
            checkStored(digestKnown ? digest : storedDigest);
            useStoredDigest();
        }
        return null;
    }

    /**
     * Returns those of the events that the log does not have, after another request has appended some.
     *
     * @param events the events that are not appended, at least one
     * @throws LogException if the other request appended other events, or if the log has lost some
     */
    List<KeyedEvent> skipStored(List<KeyedEvent> events, StreamPosition position) {
        IdempotencyKey first = keyOf(events.get(0));
        if (position.number() < first.number() - 1) {
            throw new StreamPositionException(position);
        }
        setStored(position);
        if (position.number() == first.number() - 1) {
            checkStored(first.previous());
        }
        for (KeyedEvent next : events) {
            if (keyOf(next).number() == storedUpTo) {
                checkStored(keyOf(next).digest());
            }
        }
        return events.stream().filter(next -> keyOf(next).number() > storedUpTo).toList();
    }

    private static IdempotencyKey keyOf(KeyedEvent event) {
        IdempotencyKey key = event.key();
        if (key == null) {
            throw new IllegalArgumentException("Each event of a stream must have a key.");
        }
        return key;
    }

    private void checkStored(String ownDigest) {
        if (!ownDigest.equals(storedDigest)) {
            throw new KeyReusedException();
        }
    }
}
