package dev.courant.journal;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * A scan of all records of a segment, to build its index. It skips damaged bytes. The records after them count if they
 * prove that the missing ones were once synced. Otherwise they belong to a write that a power failure interrupted.
 */
final class SegmentScan {

    private static final int BLOCK_BYTES = 64 << 10;

    private final DiskFile file;
    private final long size;
    private final GrowingIndex index;
    private final long limit;
    private final long floor;
    private final Deque<Found> unproven = new ArrayDeque<>();
    private long synced;
    private long next; // the least offset of the next record

    private record Found(SegmentRecord record, long position) {}

    /**
     * @param index that of an empty segment
     * @param limit the first offset that does not belong to the segment
     * @param synced the offset up to which all records are known to have been synced
     * @param floor as in {@link GrowingIndex#add}
     */
    SegmentScan(DiskFile file, GrowingIndex index, long limit, long synced, long floor) throws IOException {
        this.file = file;
        this.index = index;
        this.limit = limit;
        this.synced = synced;
        this.floor = floor;
        size = file.size();
        next = index.summary().base();
    }

    GrowingIndex run() throws IOException {
        long position = index.summary().length();
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
        return index;
    }

    private void addProven() {
        while (!unproven.isEmpty()) {
            SegmentRecord record = unproven.getFirst().record;
            long end = index.summary().end();
            if (record.event().offset() > end && end > synced) {
                return;
            }
            index.add(record.event(), unproven.removeFirst().position, record.bytes(), floor);
        }
    }

    private boolean isExpected(long offset) {
        return offset >= next && offset < limit && (offset - next) * SegmentRecord.HEADER_BYTES < size;
    }

    /** Returns the next position at which a record begins, or -1. */
    private long findNext(long from) throws IOException {
        int step = BLOCK_BYTES - SegmentRecord.HEADER_BYTES;
        for (long start = from; start + SegmentRecord.HEADER_BYTES < size; start += step) {
            byte[] block = new byte[(int) Math.min(BLOCK_BYTES, size - start)];
            file.readOrZero(start, block);
            for (int at = 0; at < Math.min(step, block.length - SegmentRecord.HEADER_BYTES); at++) {
                if (SegmentRecord.isPlausible(block, at, size - start)
                        && isExpected(SegmentRecord.offset(block, at))
                        && SegmentRecord.read(file, start + at, size) != null) {
                    return start + at;
                }
            }
        }
        return -1;
    }
}
