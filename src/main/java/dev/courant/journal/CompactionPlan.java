package dev.courant.journal;

import courant.shaded.h2.mvstore.SFChunk;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Chooses what is to be rewritten so that the file gets shorter, a little at a time, since nobody can publish meanwhile.
 * The store has a way of its own, which moves chunks, but its assertions do not hold (H2's issue 4086).
 */
final class CompactionPlan {

    private static final int GOOD_FILL_PERCENT = 75;
    private static final long AT_ONCE = 1 << 20;
    private static final long WORTH_IT = 4L << 20;

    private final BlockStore blocks;

    CompactionPlan(BlockStore blocks) {
        this.blocks = blocks;
    }

    /** Whether much of the file is dead or free. */
    boolean isWorthIt() {
        long size = blocks.size();
        long alive =
                blocks.inOrder().stream().mapToLong(CompactionPlan::liveBytes).sum();
        return size - alive >= WORTH_IT && alive * 100 < size * GOOD_FILL_PERCENT;
    }

    /**
     * Has something rewritten with the next commit.
     *
     * @return whether it was of use, and there may be more
     */
    boolean turn() {
        if (blocks.getChunksFillRate() < GOOD_FILL_PERCENT && blocks.rewrite(sparse())) {
            return true;
        }
        if (blocks.getFillRate() >= GOOD_FILL_PERCENT) {
            return false; // what is dead has to wait until nobody needs it
        }
        List<SFChunk> inOrder = blocks.inOrder();
        if (blocks.rewrite(last(inOrder))) {
            return true;
        }
        blocks.rewrite(besideHole(inOrder)); // to make it larger
        return false;
    }

    /** What lies among the most that is dead. */
    private List<SFChunk> sparse() {
        List<SFChunk> sparse = blocks.inOrder();
        sparse.removeIf(chunk -> chunk.maxLenLive == 0 || fill(chunk) >= GOOD_FILL_PERCENT / 100.0);
        sparse.sort(Comparator.comparingDouble(CompactionPlan::fill));
        return first(sparse);
    }

    /**
     * Returns the bytes of a chunk that are still in use. The lengths that the store adds up are rounded up, by half for
     * a page of 64 KiB, so only their ratio is used.
     */
    private static long liveBytes(SFChunk chunk) {
        return (long) (fill(chunk) * chunk.len * ChecksummedBlocks.SIZE);
    }

    private static double fill(SFChunk chunk) {
        return chunk.maxLen == 0 ? 0 : (double) chunk.maxLenLive / chunk.maxLen;
    }

    private static List<SFChunk> first(List<SFChunk> chunks) {
        List<SFChunk> first = new ArrayList<>();
        long bytes = 0;
        for (int i = 0; i < chunks.size() && bytes < AT_ONCE; i++) {
            bytes += chunks.get(i).maxLenLive;
            first.add(chunks.get(i));
        }
        return first;
    }

    /** What is at the end of the file and fits into the largest hole before it. */
    private static List<SFChunk> last(List<SFChunk> inOrder) {
        int hole = largestHole(inOrder);
        long most = hole < 0 ? 0 : Math.min(AT_ONCE * 4, holeBefore(inOrder, hole));
        List<SFChunk> last = new ArrayList<>();
        for (int i = inOrder.size() - 1; i > hole && inOrder.get(i).maxLenLive < most; i--) {
            most -= inOrder.get(i).maxLenLive;
            last.add(inOrder.get(i));
        }
        return last;
    }

    private static List<SFChunk> besideHole(List<SFChunk> inOrder) {
        int hole = largestHole(inOrder);
        return hole < 0 ? List.of() : first(inOrder.subList(hole, Math.min(hole + 4, inOrder.size())));
    }

    /** Before which chunk it is. */
    private static int largestHole(List<SFChunk> inOrder) {
        int largest = inOrder.isEmpty() ? -1 : 0;
        for (int i = 1; i < inOrder.size(); i++) {
            if (holeBefore(inOrder, i) > holeBefore(inOrder, largest)) {
                largest = i;
            }
        }
        return largest;
    }

    private static long holeBefore(List<SFChunk> inOrder, int chunk) {
        long end = chunk == 0 ? 2 : inOrder.get(chunk - 1).block + inOrder.get(chunk - 1).len;
        return (inOrder.get(chunk).block - end) * ChecksummedBlocks.SIZE;
    }
}
