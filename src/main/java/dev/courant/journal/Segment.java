package dev.courant.journal;

import dev.courant.log.EpochHistory;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.ref.SoftReference;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A file of records with ascending offsets, and its index. The writer's thread appends to the newest segment; a closed
 * segment never changes. Reading is thread-safe.
 */
final class Segment {

    private static final Logger LOG = System.getLogger(Segment.class.getName());

    private final Disk disk;
    private final DiskFile file;
    private final long base;
    private final @Nullable SegmentHeader header; // null if it is damaged
    private volatile SegmentSummary summary;
    private volatile @Nullable GrowingIndex growing; // null once the segment is closed
    private volatile SoftReference<StoredIndex> stored = new SoftReference<>(null);
    private volatile long fileBytes;
    private volatile long indexBytes;
    private volatile boolean deleted;

    private Segment(Disk disk, DiskFile file, long base, @Nullable SegmentHeader header) throws IOException {
        this.disk = disk;
        this.file = file;
        this.base = base;
        this.header = header;
        fileBytes = file.size();
        summary = SegmentSummary.empty(base, header == null ? 0 : header.bytes());
    }

    static String logName(long base) {
        return String.format("%020d.log", base);
    }

    static String indexName(long base) {
        return String.format("%020d.idx", base);
    }

    /** Creates an empty segment. It is durable after {@link #sync} and {@link Disk#sync}. */
    static Segment create(Disk disk, long base, EpochHistory epochs, long floor) throws IOException {
        disk.delete(indexName(base));
        DiskFile file = disk.create(logName(base));
        try {
            byte[] header = SegmentHeader.encode(base, epochs);
            file.write(0, header);
            Segment segment = new Segment(disk, file, base, new SegmentHeader(base, epochs, header.length));
            segment.growing = new GrowingIndex(floor);
            return segment;
        } catch (IOException | RuntimeException failed) {
            file.close();
            throw failed;
        }
    }

    /** Opens a file. Before anything else, call {@link #openIndex} or {@link #scan}. */
    static Segment open(Disk disk, long base) throws IOException {
        DiskFile file = disk.open(logName(base));
        try {
            SegmentHeader header = SegmentHeader.read(file);
            return new Segment(disk, file, base, header == null || header.base() != base ? null : header);
        } catch (IOException | RuntimeException failed) {
            file.close();
            throw failed;
        }
    }

    // ---- the thread that opens the journal, later the writer ----

    /** Opens the index of a closed segment, and returns whether its file is whole and fits the segment. */
    boolean openIndex(long limit) throws IOException {
        StoredIndex index = StoredIndex.read(disk, indexName(base));
        boolean fits = index != null && fits(index, limit);
        if (fits) {
            use(index);
        }
        return fits;
    }

    private boolean fits(StoredIndex index, long limit) throws IOException {
        SegmentSummary found = index.summary();
        if (found.base() != base || found.end() != limit) {
            return false;
        }
        if (found.count() == 0) {
            return true;
        }
        int position = index.position(found.count() - 1);
        SegmentRecord last = SegmentRecord.read(file, position, logBytes());
        return last != null
                && last.event().offset() == found.end() - 1
                && last.event().millis() == found.newestMillis()
                && position + last.bytes() == found.length();
    }

    private StoredIndex use(StoredIndex index) {
        summary = index.summary();
        indexBytes = index.bytes();
        stored = new SoftReference<>(index);
        growing = null;
        return index;
    }

    /**
     * Builds the index from the records.
     *
     * @param synced as in {@link SegmentScan}
     * @param floor the offset up to which events may have been evicted
     */
    void scan(long limit, long synced, long floor) throws IOException {
        GrowingIndex index = new GrowingIndex(floor);
        summary = scan(limit, synced, index);
        growing = index;
    }

    /**
     * Appends events in one write. If this fails, the segment is as before, except for bytes after its last record.
     *
     * @param synced the offset up to which all events are synced
     * @param sync whether to sync the file before the events become readable
     */
    void append(List<StoredEvent> events, long synced, boolean sync) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        int[] ends = new int[events.size()];
        for (int i = 0; i < ends.length; i++) {
            bytes.writeBytes(SegmentRecord.encode(events.get(i), (int) (events.get(i).offset() - 1 - synced)));
            ends[i] = bytes.size();
        }
        long start = summary.length();
        file.write(start, bytes.toByteArray());
        if (sync) {
            file.sync();
        }
        GrowingIndex index = Objects.requireNonNull(growing);
        for (int i = 0; i < ends.length; i++) {
            StoredEvent event = events.get(i);
            index.add((int) (event.offset() - base), (int) summary.length(), event);
            summary = summary.with(event, start + ends[i]);
        }
    }

    void sync() throws IOException {
        file.sync();
    }

    /** Removes what a failed write left behind. */
    void truncate() throws IOException {
        if (file.size() > summary.length()) {
            file.truncate(summary.length());
            file.sync();
        }
    }

    /**
     * Closes the segment: writes its index.
     *
     * @param older all closed segments before, the newest first
     */
    void close(Iterable<Segment> older) throws IOException {
        GrowingIndex index = growing;
        if (index == null) {
            return;
        }
        long[] terms = index.sortedTerms();
        long[] previous = new long[terms.length];
        for (Segment each : older) {
            if (each.index() instanceof StoredIndex before) {
                before.fillLast(terms, previous);
            }
        }
        use(writeIndex(index, terms, previous));
    }

    /** If the index cannot be written, it is built again when it is needed. */
    private StoredIndex writeIndex(GrowingIndex index, long[] terms, long[] previous) {
        byte[] bytes = IndexEncoder.encode(index, summary, terms, previous);
        try (DiskFile out = disk.create(indexName(base))) {
            out.write(0, bytes);
        } catch (IOException failed) {
            LOG.log(Level.DEBUG, "The index of a segment was not written", failed);
        }
        return new StoredIndex(bytes);
    }

    void delete() throws IOException {
        deleted = true;
        file.close();
        disk.delete(logName(base));
        disk.delete(indexName(base));
    }

    void closeFile() throws IOException {
        file.close();
    }

    // ---- any thread ----

    long base() {
        return base;
    }

    @Nullable
    SegmentHeader header() {
        return header;
    }

    SegmentSummary summary() {
        return summary;
    }

    boolean isDeleted() {
        return deleted;
    }

    boolean isClosed() {
        return growing == null;
    }

    /** Returns the bytes that the segment and its index take on the disk. */
    long bytes() {
        return logBytes() + indexBytes;
    }

    private long logBytes() {
        return Math.max(fileBytes, summary.length());
    }

    SegmentIndex index() throws IOException {
        GrowingIndex current = growing;
        if (current != null) {
            return current;
        }
        StoredIndex known = stored.get();
        return known == null ? loadIndex() : known;
    }

    private synchronized StoredIndex loadIndex() throws IOException {
        StoredIndex index = StoredIndex.read(disk, indexName(base));
        if (index != null && fits(index, summary.end())) {
            return use(index);
        }
        GrowingIndex rebuilt = new GrowingIndex(base - 1);
        summary = scan(summary.end(), summary.end() - 1, rebuilt);
        long[] terms = rebuilt.sortedTerms();
        return use(writeIndex(rebuilt, terms, new long[terms.length]));
    }

    private SegmentSummary scan(long limit, long synced, GrowingIndex index) throws IOException {
        SegmentSummary start = SegmentSummary.empty(base, header == null ? 0 : header.bytes());
        return new SegmentScan(file, start, limit, synced, index).run();
    }

    /**
     * Returns an event, or {@code null} if it is lost or evicted.
     *
     * @throws IOException if the disk fails
     */
    @Nullable
    StoredEvent read(long offset) throws IOException {
        try {
            SegmentIndex index = index();
            int ordinal = (int) (offset - base);
            int position = ordinal < index.count() ? index.position(ordinal) : 0;
            SegmentRecord record = position == 0 ? null : SegmentRecord.read(file, position, logBytes());
            return record == null || record.event().offset() != offset ? null : record.event();
        } catch (IOException failed) {
            if (deleted) {
                return null;
            }
            throw failed;
        }
    }
}
