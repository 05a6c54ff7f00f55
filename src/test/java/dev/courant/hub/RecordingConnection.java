package dev.courant.hub;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.courant.event.EventStreamParser;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A connection to a client that reads when the test says so. Holds the hub to what a connection may expect of it. */
final class RecordingConnection implements Connection, Subscription.EndListener {

    final List<Batch> batches = new ArrayList<>();
    final List<@Nullable Throwable> ends = new ArrayList<>();
    int closed;

    @Nullable
    Throwable breaksWith;

    private @Nullable Listener listener;
    private int room = Integer.MAX_VALUE;
    private boolean mayWrite;
    private int signalsInFlight; // said while there was room: each may be taken for news later

    @Override
    public void open(Listener told) {
        assertTrue(listener == null, "opened once");
        listener = told;
        if (room > 0) {
            signal();
        }
    }

    @Override
    public boolean write(Batch batch) throws IOException {
        assertTrue(mayWrite || signalsInFlight-- > 0, "written to only while writable");
        assertTrue(closed == 0, "not written to once closed");
        if (breaksWith instanceof IOException broken) {
            throw broken;
        } else if (breaksWith instanceof RuntimeException broken) {
            throw broken;
        } else if (breaksWith instanceof Error broken) {
            throw broken;
        }
        batches.add(batch);
        room -= room == Integer.MAX_VALUE ? 0 : 1;
        mayWrite = room > 0;
        return mayWrite;
    }

    @Override
    public void close() {
        closed++;
    }

    @Override
    public void onEnd(@Nullable Throwable cause) {
        ends.add(cause);
    }

    /** After this many writes more, there is no room. */
    RecordingConnection takes(int writes) {
        room = writes;
        return this;
    }

    /** There is room again, for so many writes, and the hub is told. */
    void reads(int writes) {
        room = writes;
        signal();
    }

    void readsAll() {
        reads(Integer.MAX_VALUE);
    }

    void signal() {
        signalsInFlight += mayWrite ? 1 : 0;
        mayWrite = true;
        listener.onWritable();
    }

    /** Some of the last write, without room for another. */
    void takesSome() {
        listener.onProgress();
    }

    void breaks(@Nullable Throwable cause) {
        listener.onClosed(cause);
    }

    boolean opened() {
        return listener != null;
    }

    boolean over() {
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

    Batch last() {
        return batches.get(batches.size() - 1);
    }
}
