package dev.courant.bench;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Publishers that send streams of events as fast as the server reads them, on one thread. */
final class StreamPublishers {

    private static final int EVENTS_PER_CHUNK = 50;
    private static final Pattern STORED = Pattern.compile("\"stored\":([0-9]+)");

    private final InetSocketAddress server;
    private final byte[] head;
    private final byte[] chunk;
    private final int count;
    private long sent;

    /** @param bytes the size of the data of each event */
    StreamPublishers(InetSocketAddress server, String path, int count, int bytes) {
        this.server = server;
        this.count = count;
        head = ("POST " + path + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/event-stream\r\n"
                        + "Transfer-Encoding: chunked\r\n\r\n")
                .getBytes(ISO_8859_1);
        String events = ("data: " + "x".repeat(bytes) + "\n\n").repeat(EVENTS_PER_CHUNK);
        chunk = (Integer.toHexString(events.length()) + "\r\n" + events + "\r\n").getBytes(ISO_8859_1);
    }

    /** Returns the number of sent events. */
    long sent() {
        return sent;
    }

    /** Sends events for a number of seconds, ends all streams, and returns the number of events that are stored. */
    long run(int seconds) throws IOException {
        List<SocketChannel> channels = new ArrayList<>();
        try (Selector selector = Selector.open()) {
            for (int i = 0; i < count; i++) {
                SocketChannel channel = SocketChannel.open(server);
                channels.add(channel);
                channel.write(ByteBuffer.wrap(head));
                channel.configureBlocking(false);
                channel.register(selector, SelectionKey.OP_WRITE, ByteBuffer.wrap(chunk, chunk.length, 0));
            }
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
            while (System.nanoTime() < end) {
                selector.select(100);
                for (SelectionKey key : selector.selectedKeys()) {
                    write((SocketChannel) key.channel(), (ByteBuffer) key.attachment());
                }
                selector.selectedKeys().clear();
            }
            List<ByteBuffer> rest = new ArrayList<>();
            for (SocketChannel channel : channels) {
                SelectionKey key = channel.keyFor(selector);
                rest.add((ByteBuffer) key.attachment());
                key.cancel();
            }
            selector.selectNow();
            return end(channels, rest);
        } finally {
            for (SocketChannel channel : channels) {
                channel.close();
            }
        }
    }

    private void write(SocketChannel channel, ByteBuffer bytes) throws IOException {
        if (!bytes.hasRemaining()) {
            bytes.rewind();
            sent += EVENTS_PER_CHUNK;
        }
        channel.write(bytes);
    }

    private static long end(List<SocketChannel> channels, List<ByteBuffer> rest) throws IOException {
        for (int i = 0; i < channels.size(); i++) {
            channels.get(i).configureBlocking(true);
            channels.get(i).write(rest.get(i));
            channels.get(i).write(ByteBuffer.wrap("0\r\n\r\n".getBytes(ISO_8859_1)));
        }
        long stored = 0;
        for (SocketChannel channel : channels) {
            ByteBuffer response = ByteBuffer.allocate(4096);
            Matcher matcher;
            do {
                if (channel.read(response) < 0) {
                    throw new IOException("the server closed the connection");
                }
                matcher = STORED.matcher(new String(response.array(), 0, response.position(), ISO_8859_1));
            } while (!matcher.find());
            stored += Long.parseLong(matcher.group(1));
        }
        return stored;
    }
}
