package dev.courant.support;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;

/** A client that follows a stream through every loss of it, as a browser does: from after the last id that it has seen. */
public final class ResumingFollower implements AutoCloseable {

    /** An event as it came. */
    public record Seen(String id, String data) {}

    private static final Duration PATIENCE = TestDeadline.of(Duration.ofMinutes(5));

    private final URI stream;
    private final ServerAvailability uptime;
    private final Thread thread;
    private final List<Seen> seen = new ArrayList<>(); // guarded by itself
    private final List<String> gaps = new ArrayList<>(); // guarded by seen
    private volatile String last;
    private volatile boolean over;

    /** @param last what it says to have seen */
    public ResumingFollower(URI stream, String last, ServerAvailability uptime) {
        this.stream = stream;
        this.last = last;
        this.uptime = uptime;
        thread = Executors.defaultThreadFactory().newThread(this::follow);
        thread.setDaemon(true);
        thread.start();
    }

    public List<Seen> seen() {
        synchronized (seen) {
            return List.copyOf(seen);
        }
    }

    /** Until it has seen all that is to be seen. */
    public void await(BooleanSupplier all) throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        synchronized (seen) {
            while (!all.getAsBoolean()) {
                long left = Duration.ofNanos(deadline - System.nanoTime()).toMillis();
                if (left <= 0) {
                    throw new AssertionError("only " + seen.size() + " events came in time");
                }
                seen.wait(left);
            }
        }
    }

    /** What it was told to have missed. */
    public List<String> gaps() {
        synchronized (seen) {
            return List.copyOf(gaps);
        }
    }

    private void follow() {
        while (!over) {
            try {
                uptime.await();
                try (HttpEventStream events = new HttpEventStream(stream, "Last-Event-ID", last)) {
                    while (!over) {
                        take(events.next(block -> block.containsKey("id")));
                    }
                }
            } catch (IOException | AssertionError broken) {
                // By the server's end, mostly.
            } catch (InterruptedException closed) {
                return;
            } catch (Exception unexpected) {
                throw new AssertionError(unexpected);
            }
        }
    }

    private void take(Map<String, String> block) {
        last = block.get("id");
        if (block.containsKey("data")) {
            synchronized (seen) {
                if ("gap".equals(block.get("event"))) {
                    gaps.add(block.get("data"));
                } else {
                    seen.add(new Seen(last, block.get("data")));
                    seen.notifyAll();
                }
            }
        }
    }

    @Override
    public void close() {
        over = true;
        thread.interrupt();
    }
}
