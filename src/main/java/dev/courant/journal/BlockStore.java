package dev.courant.journal;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;

import courant.shaded.h2.mvstore.Chunk;
import courant.shaded.h2.mvstore.DataUtils;
import courant.shaded.h2.mvstore.MVStore;
import courant.shaded.h2.mvstore.SFChunk;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A store on {@link ChecksummedBlocks}: what of it is as it was written, and what is to be rewritten. */
class BlockStore extends BlockFile {

    private static final byte[] CHUNK = "chunk:".getBytes(US_ASCII);
    private static final int ANY_FILL_PERCENT = 101;

    private boolean holdsHeader;
    boolean found; // the newest, when the store was opened
    private @Nullable List<SFChunk> candidates; // to be rewritten; all, if null

    BlockStore(ChecksummedBlocks blocks, Map<String, Object> config) throws IOException {
        super(blocks, config);
    }

    /**
     * Whether all that was written since a time, and the newest in any case, is as it was written.
     *
     * @param seconds before the newest
     */
    boolean isWhole(int seconds) throws IOException {
        Chunk<?> newest = lastChunk;
        if (newest == null) {
            return true;
        }
        for (Chunk<?> chunk : getChunks().values()) {
            if (isLive(chunk) && chunk.time >= newest.time - seconds * 1000L && !isWhole(chunk)) {
                return false;
            }
        }
        return isWhole(newest);
    }

    /** What is dead may have been written over. */
    static boolean isLive(Chunk<?> chunk) {
        return chunk.block > 0 && chunk.maxLenLive > 0;
    }

    final boolean isWhole(Chunk<?> chunk) throws IOException {
        return blocks.isOneWrite(chunk.block * ChecksummedBlocks.SIZE, chunk.len * ChecksummedBlocks.SIZE);
    }

    // ---- the header ----

    @Override
    protected void writeFully(SFChunk chunk, long pos, ByteBuffer src) {
        if (holdsHeader && pos == 0 && src.remaining() == HEADERS) {
            return;
        }
        super.writeFully(chunk, pos, src);
    }

    /** Sets whether {@link #syncHeader} alone writes the store's header. */
    void holdHeader(boolean hold) {
        holdsHeader = hold;
    }

    /**
     * Writes and syncs a header that names the newest commit. The store's own header names one of the last 20 commits, and each
     * commit names the next. If a commit in between is overwritten before a power failure, the store does not find the
     * commits after it, synced or not.
     */
    void syncHeader() {
        SFChunk newest = lastChunk;
        if (newest == null) {
            return;
        }
        storeHeader.put("block", newest.block);
        storeHeader.put("chunk", newest.id);
        storeHeader.put("version", newest.version);
        StringBuilder text = new StringBuilder();
        DataUtils.appendMap(text, storeHeader);
        byte[] summed = text.toString().getBytes(ISO_8859_1);
        DataUtils.appendMap(text, "fletcher", DataUtils.getFletcher32(summed, 0, summed.length));
        byte[] header = text.append('\n').toString().getBytes(ISO_8859_1);
        ByteBuffer both = ByteBuffer.allocate(HEADERS).put(header);
        super.writeFully(
                newest, 0, both.position(ChecksummedBlocks.SIZE).put(header).rewind());
        sync();
    }

    /** Takes back the newest of what was written: the next to open the file finds what was there before. */
    void discardNewest() throws IOException {
        Chunk<?> newest = lastChunk;
        if (newest != null) {
            blocks.write(
                    newest.block * ChecksummedBlocks.SIZE, ByteBuffer.allocate(newest.len * ChecksummedBlocks.SIZE));
            blocks.sync();
        }
    }

    /**
     * Wipes out what is newer than the newest, and was lost with a power failure, but for some blocks: its numbers will be
     * given again, and the next to open the file must not take the one for the other.
     */
    void wipeLost() throws IOException {
        List<SFChunk> lost = lost();
        for (SFChunk chunk : lost) {
            blocks.write(chunk.block * ChecksummedBlocks.SIZE, ByteBuffer.allocate(ChecksummedBlocks.SIZE));
        }
        if (!lost.isEmpty()) {
            blocks.sync();
        }
    }

    /** What begins in the file and is newer than the newest. */
    List<SFChunk> lost() throws IOException {
        Chunk<?> newest = lastChunk;
        List<SFChunk> lost = new ArrayList<>();
        long block = HEADERS / ChecksummedBlocks.SIZE;
        for (SFChunk chunk : inOrder()) {
            if (newest != null && (isLive(chunk) || chunk.version == newest.version)) { // others may be written over
                lost.addAll(begunIn(block, chunk.block));
                block = chunk.block + chunk.len;
            }
        }
        lost.addAll(begunIn(block, blocks.length() / ChecksummedBlocks.SIZE));
        lost.removeIf(chunk -> newest != null && chunk.version <= newest.version);
        return lost;
    }

    /** What begins in some blocks, whether all of it is there or not. */
    final List<SFChunk> begunIn(long from, long to) throws IOException {
        List<SFChunk> begun = new ArrayList<>();
        for (long block = from; block < to; block++) {
            SFChunk chunk = beginsLikeAChunk(block) ? readChunkHeaderOptionally(block) : null;
            if (chunk != null) {
                begun.add(chunk);
            }
        }
        return begun;
    }

    private boolean beginsLikeAChunk(long block) throws IOException {
        try {
            return Arrays.equals(blocks.read(block * ChecksummedBlocks.SIZE, CHUNK.length), CHUNK);
        } catch (ChecksummedBlocks.DamagedException wasNeverWritten) {
            return false;
        }
    }

    /** Whether there is something to take back. */
    boolean hasNewest() {
        return found && lastChunk != null;
    }

    /** When the newest was written, in milliseconds since the file was made; -1 if there is none. */
    long newestAt() {
        Chunk<?> newest = lastChunk;
        return hasNewest() && newest != null ? newest.time : -1;
    }

    @Override
    protected void readStoreHeader(boolean recoveryMode) {
        super.readStoreHeader(recoveryMode);
        found = true; // else the newest is but the last that was tried
    }

    long newestVersion() {
        Chunk<?> newest = lastChunk;
        return newest == null ? 0 : newest.version;
    }

    /** Whether there is nothing, but was something. */
    boolean isEmptied() throws IOException {
        return lastChunk == null && (blocks.length() > HEADERS || storeHeader.containsKey("chunk"));
    }

    /** Whether of a chunk something cannot be read, as is known. */
    boolean isDamaged(SFChunk chunk) {
        return false;
    }

    // ---- giving room back ----

    /** In the order in which they lie in the file. */
    List<SFChunk> inOrder() {
        List<SFChunk> chunks = new ArrayList<>(getChunks().values());
        chunks.removeIf(chunk -> chunk.block == 0);
        chunks.sort(Comparator.comparingLong(chunk -> chunk.block));
        return chunks;
    }

    /**
     * Has what is alive in some chunks written anew, with the next commit, where there is room for it.
     *
     * @return whether there is something to commit; the newest of all are left alone
     */
    boolean rewrite(List<SFChunk> chunks) {
        candidates = chunks.stream().filter(chunk -> !isDamaged(chunk)).toList();
        try {
            return !candidates.isEmpty() && compact(ANY_FILL_PERCENT, Integer.MAX_VALUE);
        } finally {
            candidates = null;
        }
    }

    @Override
    public @Nullable Collection<SFChunk> getRewriteCandidates() {
        return candidates;
    }

    /** Ends the file after the last that is in use. */
    void shrink(MVStore store) {
        store.executeFilestoreOperation(() -> {
            dropUnusedChunks();
            saveChunkLock.lock();
            try {
                shrinkStoreIfPossible(0);
            } finally {
                saveChunkLock.unlock();
            }
        });
    }
}
