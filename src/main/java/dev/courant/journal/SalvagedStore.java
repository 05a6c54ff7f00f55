package dev.courant.journal;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import courant.shaded.h2.mvstore.DataUtils;
import courant.shaded.h2.mvstore.MVStoreException;
import courant.shaded.h2.mvstore.SFChunk;
import java.io.IOException;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A store of which something is damaged. Others take a state only if all that belongs to it is whole; this one takes the
 * newest that says what belongs to it, and what of that cannot be read is missing.
 */
final class SalvagedStore extends BlockStore {

    private final long below;
    private final Set<Integer> damaged = new HashSet<>();

    /** @param below versions from this on are not taken */
    SalvagedStore(ChecksummedBlocks blocks, Map<String, Object> config, long below) throws IOException {
        super(blocks, config);
        this.below = below;
    }

    /** What cannot be read, for the log. */
    String missing() throws IOException {
        return "it is damaged: of " + getChunks().size() + " pieces " + damaged.size() + " cannot be read in full, and "
                + lost().size()
                + " newer ones are lost. Clients are told a gap. It was kept as it is in courant.mv.damaged; put back a backup if you have one";
    }

    @Override
    boolean isDamaged(SFChunk chunk) {
        return damaged.contains(chunk.id);
    }

    @Override
    protected void readStoreHeader(boolean recoveryMode) {
        try {
            readHeaders();
            processCommonHeaderAttributes();
            List<SFChunk> newestFirst =
                    begunIn(HEADERS / ChecksummedBlocks.SIZE, blocks.length() / ChecksummedBlocks.SIZE);
            newestFirst.removeIf(chunk -> chunk.version >= below);
            newestFirst.sort(
                    Comparator.comparingLong((SFChunk chunk) -> chunk.version).reversed());
            for (SFChunk chunk : newestFirst) {
                if (isWhole(chunk) && take(chunk)) {
                    use();
                    return;
                }
            }
        } catch (IOException unreadable) {
            throw failed(DataUtils.ERROR_READING_FAILED, unreadable);
        }
        setLastChunk(null);
        throw new MVStoreException(DataUtils.ERROR_FILE_CORRUPT, JournalFile.NOTHING_LEFT);
    }

    private void readHeaders() throws IOException {
        byte[] both = headers();
        long newest = -1;
        for (int position = 0; position < HEADERS; position += ChecksummedBlocks.SIZE) {
            String header =
                    new String(both, position, ChecksummedBlocks.SIZE, ISO_8859_1).trim(); // blanks follow, and zeros
            long version = -1;
            if (header.startsWith("H:")) {
                Map<String, String> read = DataUtils.parseMap(header);
                version = DataUtils.readHexLong(read, "version", 0);
                if (version > newest) {
                    storeHeader.putAll(read);
                }
            }
            newest = Math.max(newest, version);
        }
        if (newest < 0) {
            throw new MVStoreException(DataUtils.ERROR_FILE_CORRUPT, JournalFile.NO_JOURNAL);
        }
    }

    /** Makes it the newest, if it says what belongs to it and nothing of that has been written over. */
    private boolean take(SFChunk newest) throws IOException {
        damaged.clear();
        try {
            setLastChunk(newest);
            for (SFChunk chunk : getChunksFromLayoutMap()) {
                if (isWhole(chunk) && readChunkHeaderAndFooter(chunk.block, chunk.id) != null) {
                    continue;
                }
                if (!isLive(chunk)) {
                    chunk.block = 0; // what is dead may have been written over
                    chunk.len = 0;
                } else if (isOverwritten(chunk)) {
                    return false;
                } else {
                    damaged.add(chunk.id);
                }
            }
            return true;
        } catch (MVStoreException unreadable) {
            return false;
        }
    }

    /** Whether another begins where it should be, or within it. */
    private boolean isOverwritten(SFChunk chunk) throws IOException {
        return begunIn(chunk.block, chunk.block + chunk.len).stream()
                .anyMatch(there -> there.id != chunk.id || there.block != chunk.block);
    }

    private void use() {
        found = true;
        clear();
        for (SFChunk chunk : getChunks().values()) {
            if (chunk.block != 0) {
                markUsed(chunk.block * ChecksummedBlocks.SIZE, chunk.len * ChecksummedBlocks.SIZE);
            }
            if (!isLive(chunk)) {
                registerDeadChunk(chunk);
            }
        }
    }
}
