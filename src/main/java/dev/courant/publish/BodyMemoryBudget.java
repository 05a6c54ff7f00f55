package dev.courant.publish;

import java.util.concurrent.atomic.AtomicLong;

/**
 * A limit on the heap that all bodies use, from their first byte until their event is stored. A body that does not fit is
 * refused before memory is allocated for it. Thread-safe.
 */
public final class BodyMemoryBudget {

    /**
     * The budget is this fraction of the heap, 1/48: several copies of a body exist while it is decoded, encoded and
     * stored.
     */
    private static final int SHARE_OF_HEAP = 48;

    private static final long MIN_BYTES = 1 << 20;

    /**
     * The maximum size of a small body. Only small bodies may use the last eighth of the budget, so they are refused
     * last.
     */
    private static final int SMALL_BYTES = 16 << 10;

    private final long maxBytes;
    private final AtomicLong used = new AtomicLong();

    /** @param maxBytes the maximum size of all bodies that are in memory at the same time */
    public BodyMemoryBudget(long maxBytes) {
        this.maxBytes = maxBytes;
    }

    /** Returns the budget for a heap of this size. */
    public static BodyMemoryBudget ofHeap(long heapBytes) {
        return new BodyMemoryBudget(Math.max(MIN_BYTES, heapBytes / SHARE_OF_HEAP));
    }

    /** Returns the number of reserved bytes. */
    long usedBytes() {
        return used.get();
    }

    /** Opens the share of one body, with 0 reserved bytes. */
    Share openShare() {
        return new Share();
    }

    /** The memory of one body. Not thread-safe. */
    final class Share implements AutoCloseable {

        private long bytes;

        /**
         * Reserves more memory. A body that is the only one may exceed the budget.
         *
         * @return false if the budget does not allow it
         */
        boolean tryReserve(int more) {
            long share = bytes + more;
            long limit = share <= SMALL_BYTES ? maxBytes : maxBytes - maxBytes / 8;
            long all = used.addAndGet(more);
            if (all > limit && all != share) {
                used.addAndGet(-more);
                return false;
            }
            bytes = share;
            return true;
        }

        /** Releases memory beyond this size. */
        void shrinkTo(int size) {
            if (bytes > size) {
                used.addAndGet(size - bytes);
                bytes = size;
            }
        }

        /** Returns the number of reserved bytes. */
        long bytes() {
            return bytes;
        }

        /** Releases all memory of this share. */
        @Override
        public void close() {
            used.addAndGet(-bytes);
            bytes = 0;
        }
    }
}
