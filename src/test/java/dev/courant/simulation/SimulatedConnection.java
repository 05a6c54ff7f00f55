package dev.courant.simulation;

import static dev.courant.simulation.BrokenRuleException.require;

import dev.courant.hub.Batch;
import dev.courant.hub.Connection;
import dev.courant.hub.SlowClientException;
import dev.courant.hub.Subscription;
import dev.courant.log.LogUnavailableException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A connection through a network: bytes that the server wrote and the client has not read are in its buffer. */
final class SimulatedConnection implements Connection, Subscription.EndListener {

    /** The number of stall timeouts that a stream has to become writable for the first time. */
    private static final int START_FACTOR = 12;

    private final World world;
    private final SimulatedServer server;
    private int capacity;
    private final List<Runnable> signals = new ArrayList<>(); // on their way to the hub
    private byte[] unread = {};
    private @Nullable Listener listener;
    private boolean wasWritable;
    private boolean writable;
    private boolean reportedAsWritable; // the last report to the hub
    private int spuriousSignals; // notifications while writable: each may arrive after the connection has filled up
    private boolean broken;
    private boolean closedByServer;
    private boolean ended;
    private long blockedSince;

    /** @param capacity the bytes that the network buffers; 0 for a server that never reports the stream as writable */
    SimulatedConnection(World world, SimulatedServer server, int capacity) {
        this.world = world;
        this.server = server;
        this.capacity = capacity;
        blockedSince = world.clock.elapsed();
        server.connections.add(this);
    }

    // ---- the server's side ----

    @Override
    public void open(Listener opened) {
        check(listener == null, "opened twice");
        listener = opened;
        blockedSince = world.clock.elapsed();
        if (capacity > 0) {
            signalWritable();
        }
    }

    @Override
    public boolean write(Batch batch) throws IOException {
        check(writable || spuriousSignals-- > 0, "written to while it is full");
        check(!closedByServer && !ended, "written to after its end");
        if (broken) {
            throw new IOException("Broken pipe");
        }
        byte[] bytes = batch.bytes();
        int before = unread.length;
        unread = Arrays.copyOf(unread, before + bytes.length);
        System.arraycopy(bytes, 0, unread, before, bytes.length);
        writable = unread.length < capacity;
        reportedAsWritable = writable || spuriousSignals > 0; // such a report may be on its way
        blockedSince = world.clock.elapsed();
        return writable;
    }

    @Override
    public void close() {
        closedByServer = true;
    }

    @Override
    public void abort() {
        closedByServer = true;
        unread = new byte[0];
    }

    @Override
    public void onEnd(@Nullable Throwable cause) {
        check(!ended, "ended twice");
        check(closedByServer, "ended without being closed");
        ended = true;
        server.connections.remove(this);
        boolean expected = cause == null
                || cause instanceof SlowClientException
                || cause instanceof IOException
                || cause instanceof LogUnavailableException
                || server.isStopping();
        if (!expected) {
            world.report(new BrokenRuleException(Rule.NO_INTERNAL_ERROR, "a stream ended with " + cause));
        }
    }

    // ---- the client's side ----

    int available() {
        return unread.length;
    }

    /** Returns whether the client has read everything and the server has closed the stream. */
    boolean isAtEnd() {
        return closedByServer && unread.length == 0;
    }

    /** Reads bytes from the buffer. */
    byte[] read(int max) {
        int count = Math.min(max, unread.length);
        byte[] read = Arrays.copyOf(unread, count);
        unread = Arrays.copyOfRange(unread, count, unread.length);
        if (count > 0 && wasWritable && !writable) {
            blockedSince = world.clock.elapsed();
            if (unread.length < capacity) {
                signalWritable();
            } else {
                signals.add(() -> {
                    blockedSince = world.clock.elapsed();
                    listener.onProgress();
                });
            }
        }
        return read;
    }

    /** Notifies the hub although the connection was writable already. */
    void signalAgain() {
        if (listener != null && writable) {
            signalWritable();
        }
    }

    /** Becomes writable, if the server has not reported this yet. */
    void recover() {
        capacity = Math.max(1, capacity);
        if (listener != null && !wasWritable) {
            signalWritable();
        }
    }

    /** Ends the connection. The server is notified, or its next write fails, or the connection stays half-open. */
    void disconnect(boolean notified) {
        if (!notified && world.random().nextBoolean()) {
            return; // half-open: its bytes are never read
        }
        broken = true;
        unread = new byte[0];
        if (notified && listener != null) {
            signals.add(() -> listener.onClosed(new IOException("Connection reset")));
        }
    }

    /** Returns the tasks that notify the hub. */
    List<Runnable> signals() {
        List<Runnable> tasks = new ArrayList<>();
        for (Runnable signal : signals) {
            tasks.add(() -> {
                signals.remove(signal);
                signal.run();
            });
        }
        return tasks;
    }

    private void signalWritable() {
        spuriousSignals += writable ? 1 : 0;
        writable = true;
        wasWritable = true;
        blockedSince = world.clock.elapsed();
        signals.add(() -> {
            reportedAsWritable = true;
            listener.onWritable();
        });
    }

    // ---- checks ----

    boolean isWritable() {
        return writable;
    }

    long blockedNanos() {
        return writable || reportedAsWritable || ended
                ? 0
                : world.clock.elapsed() - Math.max(blockedSince, world.suspendedUntil);
    }

    /** Verifies that the hub has ended the stream if its client reads nothing. Called while no task is ready. */
    void checkStall() {
        long stall = SimulatedServer.STALL.toNanos() * (wasWritable ? 1 : START_FACTOR);
        require(
                blockedNanos() < stall + 2 * SimulatedServer.TICK.toNanos(),
                Rule.STALLED_CLIENT_ENDS,
                "a client has read nothing for %d ms",
                blockedNanos() / 1_000_000);
    }

    private void check(boolean kept, String details) {
        if (!kept) { // the hub catches exceptions
            world.report(new BrokenRuleException(Rule.CONNECTION_CONTRACT, "a connection was " + details));
        }
    }
}
