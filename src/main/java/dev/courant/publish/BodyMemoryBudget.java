package dev.courant.publish;

import java.util.concurrent.atomic.AtomicLong;

/**
 * The heap that bodies take from their first byte until their event is stored. A body that does not fit is refused before
 * memory is allocated for it. Any thread.
 */
public final class BodyMemoryBudget {

    /** Several copies of a body exist while it is decoded, encoded as an event and stored. */
    private static final int SHARE_OF_HEAP = 48;

    private static final long MIN_BYTES = 1 << 20;

    /** Small bodies still fit while large ones are refused. */
    private static final int SMALL = 16 << 10;

    private final long maxBytes;
    private final AtomicLong used = new AtomicLong();

    /** @param maxBytes of all bodies that are in memory at the same time */
    public BodyMemoryBudget(long maxBytes) {
        this.maxBytes = maxBytes;
    }

    /** Returns the budget for a heap of this size. */
    public static BodyMemoryBudget ofHeap(long heapBytes) {
        return new BodyMemoryBudget(Math.max(MIN_BYTES, heapBytes / SHARE_OF_HEAP));
    }

    /** Returns how many bytes are in use. */
    long used() {
        return used.get();
    }

    /** Begins a body, which holds no memory yet. */
    Share share() {
        return new Share();
    }

    /** The memory of one body. One thread at a time. */
    final class Share implements AutoCloseable {

        private long bytes;

        /**
         * Takes more memory, whatever its size if this body is the only one.
         *
         * @return whether the budget allows it
         */
        boolean take(int more) {
            long mine = bytes + more;
            long limit = mine <= SMALL ? maxBytes : maxBytes - maxBytes / 8;
            long all = used.addAndGet(more);
            if (all > limit && all != mine) {
                used.addAndGet(-more);
                return false;
            }
            bytes = mine;
            return true;
        }

        /** Gives all of it back. */
        @Override
        public void close() {
            used.addAndGet(-bytes);
            bytes = 0;
        }
    }
}
