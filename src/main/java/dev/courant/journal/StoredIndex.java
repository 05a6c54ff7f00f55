package dev.courant.journal;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * The index of a closed segment, as its file contains it: {@code COURIDX} and a line feed, version (4 bytes), CRC32C of
 * all that follows (4), {@link SegmentSummary} (44), number of terms (4), positions (4 each), and each term in
 * ascending order: hash (8), previous offset (8), positions of its list and of its name in this file (4 each, 0 if it
 * has no name). A list is its length (4) and its ordinals (4 each), a name is its length (4) and its bytes in UTF-8.
 */
final class StoredIndex implements SegmentIndex {

    static final byte[] MAGIC = "COURIDX\n".getBytes(US_ASCII);
    static final int VERSION = 1;
    static final int CHECKSUM = 12;
    static final int TERM_BYTES = 24;
    static final int FIXED_BYTES = CHECKSUM + 4 + SegmentSummary.BYTES + 4;

    private final ByteBuffer bytes;
    private final SegmentSummary summary;
    private final int terms; // number of terms
    private final int firstTerm; // position

    StoredIndex(byte[] file) {
        bytes = ByteBuffer.wrap(file).asReadOnlyBuffer();
        ByteBuffer in = bytes.duplicate().position(CHECKSUM + 4);
        summary = SegmentSummary.read(in);
        terms = in.getInt();
        firstTerm = FIXED_BYTES + summary.count() * Integer.BYTES;
    }

    /** Returns the index in a file, or {@code null} if there is none or it is damaged. */
    static @Nullable StoredIndex read(Disk disk, String name) throws IOException {
        try (DiskFile file = disk.open(name)) {
            byte[] all = new byte[(int) Math.min(Integer.MAX_VALUE - 8, file.size())];
            file.read(0, all);
            ByteBuffer header = ByteBuffer.wrap(all);
            boolean whole = all.length >= FIXED_BYTES
                    && Arrays.equals(all, 0, MAGIC.length, MAGIC, 0, MAGIC.length)
                    && header.getInt(MAGIC.length) == VERSION
                    && header.getInt(CHECKSUM) == checksum(all);
            return whole ? new StoredIndex(all) : null;
        } catch (NoSuchFileException | EOFException missing) {
            return null;
        }
    }

    static int checksum(byte[] file) {
        CRC32C checksum = new CRC32C();
        checksum.update(file, CHECKSUM + 4, file.length - CHECKSUM - 4);
        return (int) checksum.getValue();
    }

    SegmentSummary summary() {
        return summary;
    }

    int bytes() {
        return bytes.limit();
    }

    @Override
    public int count() {
        return summary.count();
    }

    @Override
    public int position(int ordinal) {
        return bytes.getInt(FIXED_BYTES + ordinal * Integer.BYTES);
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
        return from < terms && hash(from) == hash ? list(from) : null;
    }

    private long hash(int term) {
        return bytes.getLong(firstTerm + term * TERM_BYTES);
    }

    private PostingList list(int term) {
        int at = firstTerm + term * TERM_BYTES;
        int list = bytes.getInt(at + 16);
        int size = bytes.getInt(list);
        return new PostingList(
                bytes.slice(list + Integer.BYTES, size * Integer.BYTES).asIntBuffer(), bytes.getLong(at + 8));
    }

    /** Sets the last offsets of the terms of this segment, where an array of offsets has a 0. Both orders are ascending. */
    void fillLast(long[] hashes, long[] offsets) {
        int term = 0;
        for (int i = 0; i < hashes.length; i++) {
            while (term < terms && hash(term) < hashes[i]) {
                term++;
            }
            if (offsets[i] == 0 && term < terms && hash(term) == hashes[i]) {
                offsets[i] = summary.base() + list(term).last();
            }
        }
    }

    /** Before this segment is deleted, sets its last offsets as the previous ones of a later segment. */
    void passLast(GrowingIndex index) {
        index.setFloor(summary.end() - 1);
        for (int term = 0; term < terms; term++) {
            index.setPrevious(hash(term), summary.base() + list(term).last());
        }
    }

    @Override
    public List<String> topicNames() {
        List<String> names = new ArrayList<>();
        for (int term = 0; term < terms; term++) {
            int name = bytes.getInt(firstTerm + term * TERM_BYTES + 20);
            if (name > 0) {
                byte[] utf8 = new byte[bytes.getInt(name)];
                bytes.get(name + Integer.BYTES, utf8);
                names.add(new String(utf8, UTF_8));
            }
        }
        return names;
    }
}
