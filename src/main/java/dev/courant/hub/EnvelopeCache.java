package dev.courant.hub;

import dev.courant.event.EventEnvelope;
import dev.courant.event.EventKind;
import dev.courant.log.LogEntry;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The frames with envelopes that were encoded last, so that the audiences of a dispatcher share them. Not thread-safe; used by
 * the dispatcher thread only.
 */
final class EnvelopeCache {

    /** The maximum size of all frames. The newest one may exceed it. */
    private static final int MAX_BYTES = 256 * 1024;

    private final Map<Long, byte[]> byOffset = new LinkedHashMap<>(); // the oldest first
    private int bytes;

    /**
     * Returns the frame of an entry with its envelope. The end of a topic, like the hub's own events, has none. Other threads
     * may call this method.
     */
    static byte[] encode(LogEntry entry) {
        return entry.kind() == EventKind.EVENT
                ? EventEnvelope.encodeFrame(entry.frame(), entry.topics(), entry.millis())
                : entry.frame();
    }

    /** Returns the frame of an entry with its envelope, which must not be modified. */
    byte[] get(LogEntry entry) {
        byte[] cached = byOffset.get(entry.offset());
        if (cached != null) {
            return cached;
        }
        byte[] frame = encode(entry);
        byOffset.put(entry.offset(), frame);
        bytes += frame.length;
        Iterator<byte[]> oldest = byOffset.values().iterator();
        while (bytes > MAX_BYTES && byOffset.size() > 1) {
            bytes -= oldest.next().length;
            oldest.remove();
        }
        return frame;
    }

    void clear() {
        byOffset.clear();
        bytes = 0;
    }
}
