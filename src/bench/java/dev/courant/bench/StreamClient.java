package dev.courant.bench;

import dev.courant.check.EventPayload;
import dev.courant.check.ReceivedEvents;
import java.io.IOException;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/** A client with one stream, and the events that it has received. Not thread-safe. */
final class StreamClient implements StreamReader.EventHandler {

    private final String name;
    private final StreamCounters counters;
    private final @Nullable EventRecording recording;
    private final SocketChannel channel = SocketChannel.open();
    private final StreamReader reader;
    private final ReceivedEvents receipts = new ReceivedEvents();
    private boolean opened;
    private boolean ended;

    /** @param recording the recording of the client's topic */
    StreamClient(String name, EventPayload payload, StreamCounters counters, @Nullable EventRecording recording)
            throws IOException {
        this.name = name;
        this.counters = counters;
        this.recording = recording;
        reader = new StreamReader(payload, this);
    }

    void connect(SocketAddress server, Selector selector) throws IOException {
        channel.configureBlocking(false);
        channel.setOption(StandardSocketOptions.SO_LINGER, 0); // avoids ports in TIME_WAIT
        channel.register(selector, SelectionKey.OP_CONNECT, this);
        try {
            channel.connect(server);
        } catch (IOException impossible) {
            end();
        }
    }

    void sendRequest(SelectionKey key, byte[] request) throws IOException {
        channel.finishConnect();
        channel.write(ByteBuffer.wrap(request));
        key.interestOps(SelectionKey.OP_READ);
    }

    /** @param buffer a scratch buffer that all clients share, as large as {@code bytes} */
    void read(ByteBuffer buffer, byte[] bytes) throws IOException {
        buffer.clear();
        int length = channel.read(buffer);
        if (length > 0) {
            counters.setReadTime();
            buffer.flip().get(bytes, 0, length);
            reader.read(bytes, 0, length);
            counters.publishCounts();
        }
        if (length < 0 || reader.hasEnded()) {
            end();
        }
    }

    String name() {
        return name;
    }

    boolean wasOpened() {
        return opened;
    }

    ReceivedEvents receipts() {
        return receipts;
    }

    @Override
    public void onResponse(int status) {
        if (status == 200) {
            opened = true;
            if (counters.opened()) {
                record("follows");
            } else {
                receipts.live();
                record("live");
            }
        } else {
            end();
        }
    }

    @Override
    public void onEvent(long sequence, long micros) {
        if (counters.received(sequence, micros)) {
            receipts.received((int) sequence);
            if (recording != null) {
                recording.write(name, Long.toString(sequence));
            }
        } else {
            onForeignEvent();
        }
    }

    @Override
    public void onForeignEvent() {
        receipts.foreign();
        record("foreign");
    }

    /** Counts a gap event, which excuses no loss: no client of the benchmark reconnects. */
    @Override
    public void onGap() {
        counters.gap();
    }

    /** Handles a stream that the server has ended or rejected. */
    void end() {
        if (!ended && opened) {
            counters.ended();
        } else if (!ended) {
            counters.refused();
        }
        close();
    }

    void close() {
        ended = true;
        try {
            channel.close();
        } catch (IOException gone) {
            // The connection is closed anyway.
        }
    }

    private void record(String what) {
        if (recording != null) {
            recording.write(name, what);
        }
    }
}
