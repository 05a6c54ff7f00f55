package dev.courant.journal;

import dev.courant.event.EventKind;
import dev.courant.log.IdempotencyKey;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/** The index of a closed segment, as its file contains it. {@code docs/journal.md} describes the bytes. */
final class ClosedIndex implements SegmentIndex {

    static final long MAGIC = 0x434f555249445803L; // COURIDX and the version of the format
    static final int CHECKSUM = 8;
    static final int KEYS = 72; // holds the position of the keys
    static final int POSITIONS = 76;
    static final int TERM_BYTES = 24;

    private static final int SUMMARY = 12;
    private static final int MAX_BYTES = 1 << 30; // a larger file is damaged

    private final byte[] file;
    private final ByteBuffer bytes;
    private final SegmentSummary summary;
    private final int terms; // number of terms
    private final int firstTerm; // position of the first one

    ClosedIndex(byte[] file) {
        this.file = file;
        bytes = ByteBuffer.wrap(file).asReadOnlyBuffer();
        ByteBuffer in = bytes.duplicate().position(SUMMARY);
        summary = new SegmentSummary(
                in.getLong(), in.getLong(), in.getLong(), in.getLong(), in.getLong(), in.getLong(), in.getLong());
        terms = in.getInt();
        firstTerm = POSITIONS + summary.count() * Integer.BYTES;
    }

    /** Reads an index. Returns {@code null} if the file is missing, damaged or unreadable. */
    static @Nullable ClosedIndex read(Disk disk, String name) {
        try (DiskFile file = disk.open(name)) {
            if (file.size() > MAX_BYTES) {
                return null;
            }
            byte[] all = new byte[(int) file.size()];
            file.read(0, all);
            ByteBuffer header = ByteBuffer.wrap(all);
            boolean whole =
                    all.length >= POSITIONS && header.getLong(0) == MAGIC && header.getInt(CHECKSUM) == checksum(all);
            return whole ? new ClosedIndex(all) : null;
        } catch (IOException missing) {
            return null;
        }
    }

    static int checksum(byte[] file) {
        CRC32C checksum = new CRC32C();
        checksum.update(file, SUMMARY, file.length - SUMMARY);
        return (int) checksum.getValue();
    }

    int fileBytes() {
        return file.length;
    }

    @Override
    public SegmentSummary summary() {
        return summary;
    }

    @Override
    public int terms() {
        return terms;
    }

    @Override
    public int position(long offset) {
        return offset < summary.end() ? bytes.getInt(POSITIONS + (int) (offset - summary.base()) * Integer.BYTES) : 0;
    }

    @Override
    public @Nullable PostingList find(long hash) {
        int from = 0;
        int to = terms;
        while (from < to) {
            int middle = (from + to) >>> 1;
            if (hash(middle) < hash) {
                from = middle + 1;
            } else {
                to = middle;
            }
        }
        if (from == terms || hash(from) != hash) {
            return null;
        }
        int term = firstTerm + from * TERM_BYTES;
        int list = bytes.getInt(term + 16);
        int length = bytes.getInt(list) * Integer.BYTES;
        return new PostingList(
                summary.base(), bytes.slice(list + Integer.BYTES, length).asIntBuffer(), bytes.getLong(term + 8));
    }

    private long hash(int term) {
        return bytes.getLong(firstTerm + term * TERM_BYTES);
    }

    @Override
    public List<String> topics() {
        List<String> topics = new ArrayList<>();
        for (int term = 0; term < terms; term++) {
            int name = bytes.getInt(firstTerm + term * TERM_BYTES + 20);
            if (name > 0) {
                topics.add(read(name, in -> in.readUTF()));
            }
        }
        return topics;
    }

    @Override
    public List<StoredEvent> keys() {
        return read(bytes.getInt(KEYS), in -> {
            List<StoredEvent> keys = new ArrayList<>();
            for (int left = in.readInt(); left > 0; left--) {
                long offset = in.readLong();
                long millis = in.readLong();
                IdempotencyKey key = new IdempotencyKey(in.readUTF(), in.readUTF(), in.readLong(), "");
                keys.add(new StoredEvent(offset, millis, EventKind.EVENT, List.of(), true, null, key, new byte[0]));
            }
            return keys;
        });
    }

    private <T> T read(int position, Reading<T> reading) {
        try {
            return reading.read(new DataInputStream(new ByteArrayInputStream(file, position, file.length - position)));
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible); // the checksum was right
        }
    }

    private interface Reading<T> {
        T read(DataInputStream in) throws IOException;
    }

    @Override
    public void forEachLast(LastOffset consumer) {
        for (int term = 0; term < terms; term++) {
            int list = bytes.getInt(firstTerm + term * TERM_BYTES + 16);
            int last = bytes.getInt(list + bytes.getInt(list) * Integer.BYTES);
            consumer.accept(hash(term), summary.base() + last);
        }
    }
}
