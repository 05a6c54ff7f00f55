package dev.courant.bench;

import dev.courant.check.Payload;
import dev.courant.check.Receipts;
import java.io.IOException;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/** One stream, and what came by it. */
final class StreamClient implements StreamReader.Listener {

    private final String name;
    private final Tally tally;
    private final @Nullable Recording recording;
    private final SocketChannel channel = SocketChannel.open();
    private final StreamReader reader;
    private final Receipts receipts = new Receipts();
    private boolean opened;
    private boolean over;

    /** @param recording of this client's topic */
    StreamClient(String name, Payload payload, Tally tally, @Nullable Recording recording) throws IOException {
        this.name = name;
        this.tally = tally;
        this.recording = recording;
        reader = new StreamReader(payload, this);
    }

    void connect(SocketAddress server, Selector selector) throws IOException {
        channel.configureBlocking(false);
        channel.setOption(StandardSocketOptions.SO_LINGER, 0); // leaves no port behind that has to wait
        channel.register(selector, SelectionKey.OP_CONNECT, this);
        try {
            channel.connect(server);
        } catch (IOException impossible) {
            end();
        }
    }

    void ask(SelectionKey key, byte[] request) throws IOException {
        channel.finishConnect();
        channel.write(ByteBuffer.wrap(request));
        key.interestOps(SelectionKey.OP_READ);
    }

    /** @param buffer and an array as large: scratch space that all clients of a thread share */
    void read(ByteBuffer buffer, byte[] bytes) throws IOException {
        buffer.clear();
        int length = channel.read(buffer);
        if (length > 0) {
            tally.read();
            buffer.flip().get(bytes, 0, length);
            reader.read(bytes, 0, length);
            tally.show();
        }
        if (length < 0 || reader.over()) {
            end();
        }
    }

    String name() {
        return name;
    }

    boolean wasOpened() {
        return opened;
    }

    Receipts receipts() {
        return receipts;
    }

    @Override
    public void opened(int status) {
        if (status == 200) {
            opened = true;
            if (tally.opened()) {
                note("follows");
            } else {
                receipts.live();
                note("live");
            }
        } else {
            end();
        }
    }

    @Override
    public void received(long sequence, long micros) {
        if (tally.received(sequence, micros)) {
            receipts.received((int) sequence);
            if (recording != null) {
                recording.note(name, Long.toString(sequence));
            }
        } else {
            foreign();
        }
    }

    @Override
    public void foreign() {
        receipts.foreign();
        note("foreign");
    }

    /** Nobody reconnects here, so that a gap event is none of ours, and excuses nothing. */
    @Override
    public void gap() {
        tally.gap();
    }

    /** The server ended it, or never let it begin. */
    void end() {
        if (!over && opened) {
            tally.ended();
        } else if (!over) {
            tally.refused();
        }
        close();
    }

    void close() {
        over = true;
        try {
            channel.close();
        } catch (IOException gone) {
            // gone is gone
        }
    }

    private void note(String what) {
        if (recording != null) {
            recording.note(name, what);
        }
    }
}
