package dev.courant.log;

import dev.courant.event.EventId;
import dev.courant.event.EventStreamParser.Received;
import dev.courant.event.SentEvent;
import java.util.ArrayList;
import java.util.List;

/** What a window is, in a list: of all that was stored, the last part that its bounds leave. */
final class WindowModel {

    private record Stored(SentEvent sent, long at) {}

    private final WindowBounds window;
    private final List<Stored> all = new ArrayList<>();
    private int gone; // as many as were let go of, from the first
    private long now;

    WindowModel(WindowBounds window) {
        this.window = window;
    }

    void pass(long nanos) {
        now += nanos;
    }

    void append(String data) {
        all.add(new Stored(SentEvent.of(new EventId("e", all.size() + 1), null, data), now));
        while (all.size() - gone > 1 && (all.size() - gone > window.maxEvents() || bytes() > window.maxBytes())) {
            gone++;
        }
        expire();
    }

    void expire() {
        while (gone < all.size() && now - all.get(gone).at > window.maxAge().toNanos()) {
            gone++;
        }
    }

    int head() {
        return all.size();
    }

    int gone() {
        return gone;
    }

    Received due(long offset) {
        return all.get((int) offset - 1).sent.due();
    }

    private long bytes() {
        return all.subList(gone, all.size()).stream()
                .mapToLong(stored -> stored.sent.bytes().length)
                .sum();
    }
}
