package dev.courant.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * A scan of all records of a segment, to build its index. Damaged bytes are skipped. The records after them count if they
 * prove that the missing ones were once synced; otherwise they belong to a write that a power failure interrupted.
 */
final class SegmentScan {

    private static final int BLOCK_BYTES = 64 << 10;

    private final DiskFile file;
    private final long size;
    private final long limit;
    private final GrowingIndex index;
    private final Deque<Found> unproven = new ArrayDeque<>();
    private SegmentSummary summary;
    private long synced;
    private long next; // the least offset of the next record

    private record Found(SegmentRecord record, long position) {}

    /**
     * @param start the summary before the first record
     * @param limit the first offset that does not belong to the segment
     * @param synced the offset up to which all records are known to have been synced
     */
    SegmentScan(DiskFile file, SegmentSummary start, long limit, long synced, GrowingIndex index) throws IOException {
        this.file = file;
        this.limit = limit;
        this.synced = synced;
        this.index = index;
        size = file.size();
        summary = start;
        next = start.base();
    }

    SegmentSummary run() throws IOException {
        long position = summary.length();
        while (position >= 0) {
            SegmentRecord record = SegmentRecord.read(file, position, size);
            if (record != null && isExpected(record.event().offset())) {
                next = record.event().offset() + 1;
                synced = Math.max(synced, record.event().offset() - 1 - record.unsynced());
                unproven.add(new Found(record, position));
                addProven();
                position += record.bytes();
            } else {
                position = findNext(position + 1);
            }
        }
        return summary;
    }

    private void addProven() {
        while (!unproven.isEmpty()) {
            Found first = unproven.getFirst();
            StoredEvent event = first.record.event();
            if (event.offset() > summary.end() && summary.end() > synced) {
                return;
            }
            index.add((int) (event.offset() - summary.base()), (int) first.position, event);
            summary = summary.with(event, first.position + first.record.bytes());
            unproven.removeFirst();
        }
    }

    private boolean isExpected(long offset) {
        return offset >= next && offset < limit && (offset - next) * SegmentRecord.HEADER_BYTES < size;
    }

    /** Returns the next position at which a record may begin, or -1. */
    private long findNext(long from) throws IOException {
        byte[] block = new byte[BLOCK_BYTES];
        int step = block.length - SegmentRecord.HEADER_BYTES;
        for (long start = from; start + SegmentRecord.HEADER_BYTES < size; start += step) {
            byte[] bytes = size - start < block.length ? new byte[(int) (size - start)] : block;
            file.read(start, bytes);
            ByteBuffer buffer = ByteBuffer.wrap(bytes);
            for (int at = 0; at < Math.min(step, bytes.length - SegmentRecord.HEADER_BYTES); at++) {
                buffer.position(at);
                if (SegmentRecord.isPlausible(buffer, size - start - at)
                        && isExpected(SegmentRecord.offset(buffer))
                        && SegmentRecord.read(file, start + at, size) != null) {
                    return start + at;
                }
            }
        }
        return -1;
    }
}
