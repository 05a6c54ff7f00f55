package dev.courant.hub;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.courant.event.EventStreamParser;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A connection to a client that reads when the test requests it. It also verifies that the hub follows the contract of
 * {@link Connection}.
 */
final class RecordingConnection implements Connection, Subscription.EndListener {

    final List<Batch> batches = new ArrayList<>();
    final List<@Nullable Throwable> ends = new ArrayList<>();
    int closed;

    @Nullable
    Throwable failure;

    private @Nullable Listener listener;
    private int room = Integer.MAX_VALUE;
    private boolean writable;
    private int signalsInFlight; // notifications while already writable: each may still arrive later

    @Override
    public void open(Listener newListener) {
        assertTrue(listener == null, "opened once");
        listener = newListener;
        if (room > 0) {
            signal();
        }
    }

    @Override
    public boolean write(Batch batch) throws IOException {
        assertTrue(writable || signalsInFlight-- > 0, "written to only while writable");
        assertTrue(closed == 0, "not written to once closed");
        if (failure instanceof IOException broken) {
            throw broken;
        } else if (failure instanceof RuntimeException broken) {
            throw broken;
        } else if (failure instanceof Error broken) {
            throw broken;
        }
        batches.add(batch);
        room -= room == Integer.MAX_VALUE ? 0 : 1;
        writable = room > 0;
        return writable;
    }

    @Override
    public void close() {
        closed++;
    }

    @Override
    public void onEnd(@Nullable Throwable cause) {
        ends.add(cause);
    }

    /** Limits the capacity: after this many writes, the connection is full. */
    RecordingConnection accept(int writes) {
        room = writes;
        return this;
    }

    /** Restores the capacity for this many writes and notifies the hub. */
    void read(int writes) {
        room = writes;
        signal();
    }

    void readAll() {
        read(Integer.MAX_VALUE);
    }

    void signal() {
        signalsInFlight += writable ? 1 : 0;
        writable = true;
        listener.onWritable();
    }

    /** Reports that some of the last write was accepted, while the connection stays full. */
    void reportProgress() {
        listener.onProgress();
    }

    void fail(@Nullable Throwable cause) {
        listener.onClosed(cause);
    }

    boolean isOpened() {
        return listener != null;
    }

    boolean isEnded() {
        return !ends.isEmpty();
    }

    EventStreamParser received() {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        batches.forEach(batch -> all.writeBytes(batch.bytes()));
        return EventStreamParser.decode(all.toByteArray());
    }

    List<String> data() {
        return received().data();
    }

    Batch lastBatch() {
        return batches.get(batches.size() - 1);
    }
}
