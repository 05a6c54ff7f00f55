package dev.courant.journal;

import static java.nio.charset.StandardCharsets.US_ASCII;

import courant.shaded.h2.mvstore.Chunk;
import courant.shaded.h2.mvstore.DataUtils;
import courant.shaded.h2.mvstore.MVStore;
import courant.shaded.h2.mvstore.MVStoreException;
import courant.shaded.h2.mvstore.RandomAccessStore;
import courant.shaded.h2.mvstore.SFChunk;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;

/** The file of an {@code MVStore}, in {@link Blocks}. The disk stays open when the store is closed. */
final class BlockStore extends RandomAccessStore {

    private static final int HEADERS = 2 * Blocks.SIZE;

    private static final byte[] CHUNK = "chunk:".getBytes(US_ASCII);
    private static final int ANY_FILL_PERCENT = 101;

    private final Blocks blocks;
    private @Nullable List<SFChunk> candidates; // to be rewritten; all, if null

    BlockStore(Blocks blocks, Map<String, Object> config) throws IOException {
        super(config);
        this.blocks = blocks;
        init("the journal", false);
        setSize(blocks.length());
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
    private static boolean isLive(Chunk<?> chunk) {
        return chunk.block > 0 && chunk.maxLenLive > 0;
    }

    private boolean isWhole(Chunk<?> chunk) throws IOException {
        return blocks.isOneWrite(chunk.block * Blocks.SIZE, chunk.len * Blocks.SIZE);
    }

    /** Takes back the newest of what was written: the next to open the file finds what was there before. */
    void discardNewest() throws IOException {
        Chunk<?> newest = lastChunk;
        if (newest != null) {
            blocks.write(newest.block * Blocks.SIZE, ByteBuffer.allocate(newest.len * Blocks.SIZE));
            blocks.sync();
        }
    }

    /**
     * Wipes out what is newer than the newest, and was lost with a power failure, but for some blocks: its numbers will be
     * given again, and the next to open the file must not take the one for the other.
     */
    void wipeLost() throws IOException {
        Chunk<?> newest = lastChunk;
        if (newest == null) {
            return;
        }
        long block = HEADERS / Blocks.SIZE;
        boolean wiped = false;
        for (SFChunk chunk : inOrder()) {
            if (isLive(chunk) || chunk.version == newest.version) { // over the others the lost may have been written
                wiped |= wipeLost(block, chunk.block, newest.version);
                block = chunk.block + chunk.len;
            }
        }
        wiped |= wipeLost(block, blocks.length() / Blocks.SIZE, newest.version);
        if (wiped) {
            blocks.sync();
        }
    }

    private boolean wipeLost(long from, long to, long version) throws IOException {
        boolean wiped = false;
        for (long block = from; block < to; block++) {
            Chunk<?> lost = beginsLikeAChunk(block) ? readChunkHeaderOptionally(block) : null;
            if (lost != null && lost.version > version) {
                blocks.write(block * Blocks.SIZE, ByteBuffer.allocate(Blocks.SIZE));
                wiped = true;
            }
        }
        return wiped;
    }

    private boolean beginsLikeAChunk(long block) throws IOException {
        try {
            return Arrays.equals(blocks.read(block * Blocks.SIZE, CHUNK.length), CHUNK);
        } catch (Blocks.DamagedException wasNeverWritten) {
            return false;
        }
    }

    /** Whether there is something to take back. */
    boolean hasNewest() {
        return lastChunk != null;
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
        candidates = chunks;
        try {
            return !chunks.isEmpty() && compact(ANY_FILL_PERCENT, Integer.MAX_VALUE);
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

    // ---- the file ----

    @Override
    public ByteBuffer readFully(SFChunk chunk, long pos, int len) {
        try {
            readCount.incrementAndGet();
            readBytes.addAndGet(len);
            return ByteBuffer.wrap(pos == 0 && len == HEADERS ? headers() : blocks.read(pos, len));
        } catch (Blocks.DamagedException damaged) {
            throw failed(DataUtils.ERROR_FILE_CORRUPT, damaged);
        } catch (IOException unreadable) {
            throw failed(DataUtils.ERROR_READING_FAILED, unreadable);
        }
    }

    /** There are two, of which the other will do if one is damaged. */
    private byte[] headers() throws IOException {
        byte[] headers = new byte[HEADERS];
        for (int position = 0; position < HEADERS; position += Blocks.SIZE) {
            try {
                System.arraycopy(blocks.read(position, Blocks.SIZE), 0, headers, position, Blocks.SIZE);
            } catch (Blocks.DamagedException left) {
                // The store sees that it is empty.
            }
        }
        return headers;
    }

    @Override
    protected void writeFully(SFChunk chunk, long pos, ByteBuffer src) {
        int length = src.remaining();
        try {
            blocks.write(pos, src);
        } catch (IOException unwritable) {
            throw failed(DataUtils.ERROR_WRITING_FAILED, unwritable);
        }
        setSize(Math.max(size(), pos + length));
        writeCount.incrementAndGet();
        writeBytes.addAndGet(length);
    }

    @Override
    protected void truncate(long size) {
        try {
            writeCount.incrementAndGet();
            blocks.truncate(size);
            setSize(Math.min(size(), size));
        } catch (IOException failed) {
            throw failed(DataUtils.ERROR_WRITING_FAILED, failed);
        }
    }

    @Override
    public void sync() {
        try {
            blocks.sync();
        } catch (IOException failed) {
            throw failed(DataUtils.ERROR_WRITING_FAILED, failed);
        }
    }

    private static MVStoreException failed(int code, IOException cause) {
        MVStoreException failed = new MVStoreException(code, String.valueOf(cause.getMessage()));
        failed.initCause(cause);
        return failed;
    }

    @Override
    public void open(String fileName, boolean readOnly, char[] encryptionKey) {
        throw new UnsupportedOperationException("it is open");
    }

    @Override
    public BlockStore open(String fileName, boolean readOnly) {
        throw new UnsupportedOperationException("it is open");
    }

    @Override
    public void backup(ZipOutputStream out) {
        throw new UnsupportedOperationException("copy the file while nothing runs");
    }
}
