package dev.courant.support;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;

/** A client that follows a stream and reconnects with the last id after each disconnection, as a browser does. */
public final class ResumingFollower implements AutoCloseable {

    /** A received event. */
    public record ReceivedEvent(String id, String data) {}

    private static final Duration TIMEOUT = TestDeadline.of(Duration.ofMinutes(5));

    private final URI stream;
    private final ServerAvailability availability;
    private final Thread thread;
    private final List<ReceivedEvent> received = new ArrayList<>(); // guarded by itself
    private final List<String> gaps = new ArrayList<>(); // guarded by received
    private volatile String lastId;
    private volatile boolean closed;

    /** @param lastId the {@code Last-Event-ID} of the first request */
    public ResumingFollower(URI stream, String lastId, ServerAvailability availability) {
        this.stream = stream;
        this.lastId = lastId;
        this.availability = availability;
        thread = Executors.defaultThreadFactory().newThread(this::follow);
        thread.setDaemon(true);
        thread.start();
    }

    public List<ReceivedEvent> received() {
        synchronized (received) {
            return List.copyOf(received);
        }
    }

    /** Waits until a condition on the received events is true. */
    public void await(BooleanSupplier condition) throws InterruptedException {
        long deadline = System.nanoTime() + TIMEOUT.toNanos();
        synchronized (received) {
            while (!condition.getAsBoolean()) {
                long remaining = Duration.ofNanos(deadline - System.nanoTime()).toMillis();
                if (remaining <= 0) {
                    throw new AssertionError("only " + received.size() + " events came in time");
                }
                received.wait(remaining);
            }
        }
    }

    /** Returns the data of the gap events that it has received. */
    public List<String> gaps() {
        synchronized (received) {
            return List.copyOf(gaps);
        }
    }

    private void follow() {
        while (!closed) {
            try {
                availability.await();
                try (HttpEventStream events = new HttpEventStream(stream, "Last-Event-ID", lastId)) {
                    while (!closed) {
                        handle(events.next(block -> block.containsKey("id")));
                    }
                }
            } catch (IOException | AssertionError broken) {
                // Usually the server has stopped.
            } catch (InterruptedException closing) {
                return;
            } catch (Exception unexpected) {
                throw new AssertionError(unexpected);
            }
        }
    }

    private void handle(Map<String, String> block) {
        lastId = block.get("id");
        if (block.containsKey("data")) {
            synchronized (received) {
                if ("gap".equals(block.get("event"))) {
                    gaps.add(block.get("data"));
                } else {
                    received.add(new ReceivedEvent(lastId, block.get("data")));
                    received.notifyAll();
                }
            }
        }
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
    }
}
