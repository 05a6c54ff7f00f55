package dev.courant.hub;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** The dispatchers for one kind of subscription: exact ones, or those with patterns. Thread-safe. */
final class DispatcherGroup {

    private final List<DispatcherThread> threads;
    private final AtomicInteger next = new AtomicInteger();

    DispatcherGroup(Supplier<DispatcherThread> thread, int size) {
        threads = Stream.generate(thread).limit(size).toList();
    }

    List<DispatcherThread> threads() {
        return threads;
    }

    /** Returns the dispatcher for the next subscription, round robin. */
    Dispatcher next() {
        return threads.get(Math.floorMod(next.getAndIncrement(), threads.size())).dispatcher;
    }
}
