package dev.courant.journal;

import dev.courant.log.IdempotencyKey;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The idempotency keys of deleted segments that have not expired, in a file of {@link SegmentRecord}s without topics and
 * frames. The name of the file is the offset after the last deleted one. For the thread that opens the journal, then the
 * writer.
 */
final class CarriedKeys {

    static final String SUFFIX = ".keys";

    private final Disk disk;
    private @Nullable String name; // null if there is no file
    private long bytes;

    /** Uses the newest file of a disk, and deletes the others. */
    CarriedKeys(Disk disk) throws IOException {
        this.disk = disk;
        List<String> files =
                disk.list().stream().filter(file -> file.endsWith(SUFFIX)).sorted().toList();
        for (String file : files) {
            if (name != null) {
                disk.delete(name);
            }
            name = file;
        }
        bytes = encode(read(), Long.MAX_VALUE).length;
    }

    long bytes() {
        return bytes;
    }

    /** Returns all keys, the oldest first. */
    List<StoredEvent> read() throws IOException {
        List<StoredEvent> keys = new ArrayList<>();
        if (name == null) {
            return keys;
        }
        try (DiskFile file = disk.open(name)) {
            long position = 0;
            SegmentRecord next = SegmentRecord.read(file, 0, file.size());
            while (next != null && next.event().key() != null) {
                keys.add(next.event());
                position += next.bytes();
                next = SegmentRecord.read(file, position, file.size());
            }
        }
        return keys;
    }

    /**
     * Adds the keys of a segment that is about to be deleted. The caller must sync the disk.
     *
     * @param millis the wall clock
     * @param maxBytes the oldest keys that exceed this size are dropped
     */
    void carry(Segment segment, long millis, long maxBytes) throws IOException {
        long oldest = millis - IdempotencyKey.LIFETIME.toMillis();
        List<StoredEvent> keys = read();
        PostingList keyed = segment.summary().newestMillis() < oldest ? null : segment.index().find(IndexTerm.KEYED);
        for (int i = 0; keyed != null && i < keyed.size(); i++) {
            StoredEvent event = segment.read(segment.base() + keyed.get(i));
            if (event != null) {
                keys.add(event.keyOnly());
            }
        }
        keys.removeIf(key -> key.millis() < oldest);
        String before = name;
        byte[] content = encode(keys, maxBytes);
        if (content.length > 0) {
            String fresh = String.format("%020d", segment.summary().end()) + SUFFIX;
            try (DiskFile file = disk.create(fresh)) {
                file.write(0, content);
                file.sync();
            }
            name = fresh;
        } else {
            name = null;
        }
        bytes = content.length;
        if (before != null && !before.equals(name)) {
            disk.delete(before);
        }
    }

    private static byte[] encode(List<StoredEvent> keys, long maxBytes) {
        List<byte[]> records =
                keys.stream().map(key -> SegmentRecord.encode(key, 0)).toList();
        long size = records.stream().mapToLong(record -> record.length).sum();
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        for (byte[] record : records) {
            if (size <= maxBytes) {
                content.writeBytes(record);
            }
            size -= record.length;
        }
        return content.toByteArray();
    }
}
