package dev.courant.journal;

import courant.shaded.h2.mvstore.DataUtils;
import courant.shaded.h2.mvstore.MVStoreException;
import courant.shaded.h2.mvstore.RandomAccessStore;
import courant.shaded.h2.mvstore.SFChunk;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.zip.ZipOutputStream;

/** The file of an {@code MVStore}, in {@link ChecksummedBlocks}. The disk stays open when the store is closed. */
abstract class BlockFile extends RandomAccessStore {

    static final int HEADERS = 2 * ChecksummedBlocks.SIZE;

    final ChecksummedBlocks blocks;

    BlockFile(ChecksummedBlocks blocks, Map<String, Object> config) throws IOException {
        super(config);
        this.blocks = blocks;
        init("the journal", false);
        setSize(blocks.length());
    }

    @Override
    public ByteBuffer readFully(SFChunk chunk, long pos, int len) {
        try {
            readCount.incrementAndGet();
            readBytes.addAndGet(len);
            return ByteBuffer.wrap(pos == 0 && len == HEADERS ? headers() : blocks.read(pos, len));
        } catch (ChecksummedBlocks.DamagedException damaged) {
            throw failed(DataUtils.ERROR_FILE_CORRUPT, damaged);
        } catch (IOException unreadable) {
            throw failed(DataUtils.ERROR_READING_FAILED, unreadable);
        }
    }

    /** There are two, of which the other will do if one is damaged. */
    final byte[] headers() throws IOException {
        byte[] headers = new byte[HEADERS];
        for (int position = 0; position < HEADERS; position += ChecksummedBlocks.SIZE) {
            try {
                System.arraycopy(
                        blocks.read(position, ChecksummedBlocks.SIZE), 0, headers, position, ChecksummedBlocks.SIZE);
            } catch (ChecksummedBlocks.DamagedException left) {
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

    static MVStoreException failed(int code, IOException cause) {
        MVStoreException failed = new MVStoreException(code, String.valueOf(cause.getMessage()));
        failed.initCause(cause);
        return failed;
    }

    @Override
    public void open(String fileName, boolean readOnly, char[] encryptionKey) {
        throw new UnsupportedOperationException("it is open");
    }

    @Override
    public BlockFile open(String fileName, boolean readOnly) {
        throw new UnsupportedOperationException("it is open");
    }

    @Override
    public void backup(ZipOutputStream out) {
        throw new UnsupportedOperationException("copy the file while nothing runs");
    }
}
