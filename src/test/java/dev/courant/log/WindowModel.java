package dev.courant.log;

import dev.courant.event.EventId;
import dev.courant.event.EventStreamParser.Received;
import dev.courant.event.SentEvent;
import java.util.ArrayList;
import java.util.List;

/** A model of a window as a list: the last part of all stored events that its bounds allow. */
final class WindowModel {

    private record Stored(SentEvent sent, long at) {}

    private final WindowBounds window;
    private final List<Stored> all = new ArrayList<>();
    private int evicted; // the number of evicted events
    private long now;

    WindowModel(WindowBounds window) {
        this.window = window;
    }

    void pass(long nanos) {
        now += nanos;
    }

    void append(String data) {
        all.add(new Stored(SentEvent.of(new EventId("e", all.size() + 1), null, data), now));
        while (all.size() - evicted > 1 && (all.size() - evicted > window.maxEvents() || bytes() > window.maxBytes())) {
            evicted++;
        }
        evictExpired();
    }

    void evictExpired() {
        while (evicted < all.size()
                && now - all.get(evicted).at > window.maxAge().toNanos()) {
            evicted++;
        }
    }

    int head() {
        return all.size();
    }

    int evicted() {
        return evicted;
    }

    Received due(long offset) {
        return all.get((int) offset - 1).sent.due();
    }

    private long bytes() {
        return all.subList(evicted, all.size()).stream()
                .mapToLong(stored -> stored.sent.bytes().length)
                .sum();
    }
}
