package dev.courant.journal;

import dev.courant.log.IdempotencyKey;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/** The file of the index of a closed segment. {@code docs/journal.md} describes its bytes. */
final class IndexFile {

    private static final long MAGIC = 0x434f55524944580aL; // COURIDX and a line feed
    private static final int HEADER_BYTES = 12;

    private IndexFile() {}

    static void write(Disk disk, String name, SegmentIndex index) throws IOException {
        byte[] bytes = encode(index);
        try (DiskFile file = disk.create(name)) {
            file.write(0, bytes);
            file.sync();
        }
        index.fileBytes = bytes.length;
    }

    private static byte[] encode(SegmentIndex index) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        synchronized (index) {
            SegmentSummary summary = index.summary();
            out.writeLong(MAGIC);
            out.writeInt(0);
            out.writeLong(summary.base());
            out.writeLong(summary.end());
            out.writeLong(summary.length());
            out.writeLong(summary.lost());
            out.writeLong(summary.oldestMillis());
            out.writeLong(summary.newestMillis());
            for (int i = 0; i < summary.count(); i++) {
                out.writeInt(index.positions[i]);
            }
            out.writeInt(index.terms.size());
            for (Map.Entry<String, PostingList> term : index.terms.entrySet()) {
                out.writeUTF(term.getKey());
                out.writeLong(term.getValue().previous);
                out.writeInt(term.getValue().size());
                for (int i = 0; i < term.getValue().size(); i++) {
                    out.writeInt((int) (term.getValue().get(i) - summary.base()));
                }
            }
            out.writeInt(index.keys.size());
            for (StoredEvent event : index.keys) {
                IdempotencyKey key = event.key();
                out.writeLong(event.offset());
                out.writeLong(event.millis());
                out.writeUTF(key == null ? "" : key.key());
                out.writeUTF(key == null ? "" : key.digest());
            }
        }
        byte[] file = bytes.toByteArray();
        ByteBuffer.wrap(file).putInt(Long.BYTES, checksum(file));
        return file;
    }

    /** Reads an index. Returns {@code null} if the file is missing, damaged or unreadable. */
    static @Nullable SegmentIndex read(Disk disk, String name) {
        try (DiskFile file = disk.open(name)) {
            byte[] bytes = new byte[Math.toIntExact(file.size())];
            file.read(0, bytes);
            ByteBuffer header = ByteBuffer.wrap(bytes);
            boolean whole = bytes.length > HEADER_BYTES
                    && header.getLong(0) == MAGIC
                    && header.getInt(Long.BYTES) == checksum(bytes);
            return whole ? decode(bytes) : null;
        } catch (IOException missing) {
            return null;
        }
    }

    private static SegmentIndex decode(byte[] bytes) throws IOException {
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
        in.skipNBytes(HEADER_BYTES);
        SegmentIndex index = new SegmentIndex(new SegmentSummary(
                in.readLong(), in.readLong(), in.readLong(), in.readLong(), in.readLong(), in.readLong()));
        SegmentSummary summary = index.summary();
        synchronized (index) {
            index.positions = new int[summary.count()];
            for (int i = 0; i < summary.count(); i++) {
                index.positions[i] = in.readInt();
            }
            for (int left = in.readInt(); left > 0; left--) {
                String term = in.readUTF();
                PostingList list = new PostingList(in.readLong());
                for (int more = in.readInt(); more > 0; more--) {
                    list.add(summary.base() + in.readInt());
                }
                index.terms.put(term, list);
            }
            for (int left = in.readInt(); left > 0; left--) {
                long offset = in.readLong();
                long millis = in.readLong();
                IdempotencyKey key = new IdempotencyKey(in.readUTF(), in.readUTF());
                index.keys.add(new StoredEvent(offset, millis, List.of(), true, null, key, new byte[0]));
            }
        }
        index.fileBytes = bytes.length;
        return index;
    }

    private static int checksum(byte[] file) {
        CRC32C checksum = new CRC32C();
        checksum.update(file, HEADER_BYTES, file.length - HEADER_BYTES);
        return (int) checksum.getValue();
    }
}
