package dev.courant.journal;

import dev.courant.log.EpochHistory;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.ref.SoftReference;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A file of records with ascending offsets, and its index. The writer appends to the newest segment; a closed segment
 * never changes. Reading is thread-safe.
 */
final class Segment {

    private static final String NEW_NAME = "courant.new"; // of a segment that is not complete

    private final Disk disk;
    private final DiskFile file;
    private final @Nullable SegmentHeader header; // null if it is damaged
    private volatile SegmentSummary summary;
    private volatile @Nullable GrowingIndex growing; // null once the segment is closed
    private volatile SoftReference<ClosedIndex> closed = new SoftReference<>(null);
    private final long openedBytes; // size of the file when it was opened
    private volatile int indexBytes;
    private volatile boolean deleted;

    private Segment(Disk disk, DiskFile file, long base, @Nullable SegmentHeader header) throws IOException {
        this.disk = disk;
        this.file = file;
        openedBytes = file.size();
        this.header = header != null && header.base() == base ? header : null;
        summary = SegmentSummary.empty(base, this.header == null ? 0 : this.header.bytes());
        growing = new GrowingIndex(summary);
    }

    static String logName(long base) {
        return String.format(Locale.ROOT, "%020d.log", base);
    }

    static String indexName(long base) {
        return String.format(Locale.ROOT, "%020d.idx", base);
    }

    /**
     * Creates a segment with its first events, which are durable. It replaces a segment with the same base atomically. Only
     * that one may have the header with the newest epoch, and the events that are not durable yet.
     *
     * @param floor as in {@link GrowingIndex#add}
     */
    static Segment create(Disk disk, long base, EpochHistory epochs, List<StoredEvent> events, long floor)
            throws IOException {
        byte[] line = SegmentHeader.encode(base, epochs);
        SegmentHeader header = new SegmentHeader(base, epochs, line.length);
        Segment draft;
        try (DiskFile file = disk.create(NEW_NAME)) {
            file.write(0, line);
            draft = new Segment(disk, file, base, header);
            draft.append(events, base - 1, true, floor);
        }
        disk.delete(indexName(base));
        disk.rename(NEW_NAME, logName(base));
        disk.sync();
        Segment segment = new Segment(disk, disk.open(logName(base)), base, header);
        segment.summary = draft.summary;
        segment.growing = draft.growing;
        return segment;
    }

    /** Opens a file. Before anything else, call {@link #openIndex} or {@link #scan}. */
    static Segment open(Disk disk, long base) throws IOException {
        DiskFile file = disk.open(logName(base));
        try {
            return new Segment(disk, file, base, SegmentHeader.read(file));
        } catch (IOException | RuntimeException failed) {
            file.close();
            throw failed;
        }
    }

    // ---- the thread that opens the journal, then the writer ----

    /** Opens the index of a closed segment, and returns whether its file is whole and fits the segment. */
    boolean openIndex(long limit) throws IOException {
        ClosedIndex index = ClosedIndex.read(disk, indexName(base()));
        if (index == null || index.summary().base() != base() || index.summary().end() != limit) {
            return false;
        }
        long newest = limit - 1;
        SegmentRecord last = limit == base() ? null : SegmentRecord.read(file, index.position(newest), file.size());
        boolean fits = limit == base()
                || (last != null
                        && last.event().offset() == newest
                        && last.event().millis() == index.summary().newestMillis());
        if (fits) {
            use(index);
        }
        return fits;
    }

    private ClosedIndex use(ClosedIndex index) {
        summary = index.summary();
        indexBytes = index.fileBytes();
        closed = new SoftReference<>(index);
        growing = null;
        return index;
    }

    /** Builds the index from the records, as {@link SegmentScan} does. After this, events can be appended. */
    GrowingIndex scan(long limit, long synced, long floor) throws IOException {
        GrowingIndex empty = new GrowingIndex(SegmentSummary.empty(base(), header == null ? 0 : header.bytes()));
        GrowingIndex index = new SegmentScan(file, empty, limit, synced, floor).run();
        summary = index.summary();
        growing = index;
        return index;
    }

    /**
     * Appends events in one write. If this fails, the segment is as before, except for bytes after its last record.
     *
     * @param synced the offset up to which all events are synced
     * @param sync whether to sync the file before the events become readable
     * @param floor as in {@link GrowingIndex#add}
     */
    void append(List<StoredEvent> events, long synced, boolean sync, long floor) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        int[] sizes = new int[events.size()];
        for (int i = 0; i < sizes.length; i++) {
            byte[] record =
                    SegmentRecord.encode(events.get(i), (int) (events.get(i).offset() - 1 - synced));
            bytes.writeBytes(record);
            sizes[i] = record.length;
        }
        GrowingIndex index = Objects.requireNonNull(growing);
        file.write(summary.length(), bytes.toByteArray());
        if (sync) {
            file.sync();
        }
        for (int i = 0; i < sizes.length; i++) {
            index.add(events.get(i), summary.length(), sizes[i], floor);
            summary = index.summary();
        }
    }

    void sync() throws IOException {
        file.sync();
    }

    /** Returns whether the file has other bytes than a header, but no event. */
    boolean isUnreadable() {
        return summary.count() == 0 && openedBytes > summary.length();
    }

    /** Removes what a failed write left behind. */
    void truncate() throws IOException {
        if (file.size() > summary.length()) {
            file.truncate(summary.length());
            file.sync();
        }
    }

    /** Completes the index of a segment that is not closed, as {@link GrowingIndex#follow} does. */
    void follow(@Nullable SegmentIndex earlier, long lost) {
        GrowingIndex index = growing;
        if (index != null) {
            index.follow(earlier, lost);
        }
    }

    /** Closes the segment: writes its index, which has to be complete. */
    void close() throws IOException {
        GrowingIndex index = growing;
        if (index != null) {
            byte[] bytes = IndexEncoder.encode(index);
            try (DiskFile out = disk.create(indexName(base()))) {
                out.write(0, bytes);
                out.sync();
            }
            use(new ClosedIndex(bytes));
        }
    }

    /** Closes the file, which is about to be deleted. */
    void evict() throws IOException {
        deleted = true;
        file.close();
    }

    void closeFile() throws IOException {
        file.close();
    }

    // ---- any thread ----

    long base() {
        return summary.base();
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

    /** Returns the bytes that the segment and its index take on the disk. */
    long bytes() {
        return Math.max(openedBytes, summary.length()) + indexBytes;
    }

    SegmentIndex index() throws IOException {
        GrowingIndex current = growing;
        SegmentIndex known = current == null ? closed.get() : current;
        return known == null ? loadIndex() : known;
    }

    private synchronized SegmentIndex loadIndex() throws IOException {
        if (!openIndex(summary.end())) {
            return use(new ClosedIndex(IndexEncoder.encode(scan(summary.end(), summary.end() - 1, base() - 1))));
        }
        return index();
    }

    /**
     * Returns an event, or {@code null} if it is lost or evicted.
     *
     * @throws IOException if the disk fails
     */
    @Nullable
    StoredEvent read(long offset) throws IOException {
        try {
            int position = index().position(offset);
            SegmentRecord record = position == 0 ? null : SegmentRecord.read(file, position, file.size());
            return record == null || record.event().offset() != offset ? null : record.event();
        } catch (IOException failed) {
            if (deleted) {
                return null;
            }
            throw failed;
        }
    }
}
