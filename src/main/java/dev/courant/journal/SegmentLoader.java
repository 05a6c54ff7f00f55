package dev.courant.journal;

import dev.courant.event.EventId;
import dev.courant.log.EpochHistory;
import dev.courant.log.EpochHistory.Epoch;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The opening of a journal: reads what is on the disk, and determines the epoch of the next event. */
final class SegmentLoader {

    static final String OLD_FORMAT = "courant.mv";

    private static final Logger LOG = System.getLogger(SegmentLoader.class.getName());
    private static final Pattern LOG_NAME = Pattern.compile("[0-9]{20}\\.log");
    private static final Pattern INDEX_NAME = Pattern.compile("[0-9]{20}\\.idx");
    private static final int MAX_EPOCHS = 1000;

    private final Disk disk;
    private final List<Segment> segments = new ArrayList<>();
    private long lost;

    private SegmentLoader(Disk disk) {
        this.disk = disk;
    }

    /**
     * Checks that a directory contains no files that another program, or another version of this one, has written.
     *
     * @throws JournalRefusedException if it does
     */
    static void refuseForeign(Disk disk) throws IOException {
        if (disk.list().contains(OLD_FORMAT)) {
            throw new JournalRefusedException("it contains " + OLD_FORMAT
                    + " of an earlier version, whose events cannot be read. Move that file away to begin anew");
        }
        for (long base : bases(disk)) {
            try (DiskFile file = disk.open(Segment.logName(base))) {
                if (SegmentHeader.read(file) == null && isForeign(file, base)) {
                    throw new JournalRefusedException(
                            Segment.logName(base) + " is no file of Courant. Move it away, or choose another directory");
                }
            }
        }
    }

    /** Returns whether a file has neither the start of a segment, with one damaged byte at most, nor a record. */
    private static boolean isForeign(DiskFile file, long base) throws IOException {
        byte[] start = new byte[(int) Math.min(SegmentHeader.MAGIC.length, file.size())];
        file.read(0, start);
        int wrong = 0;
        for (int i = 0; i < start.length; i++) {
            wrong += start[i] == SegmentHeader.MAGIC[i] || start[i] == 0 ? 0 : 1; // zeros were never written
        }
        SegmentSummary none = SegmentSummary.empty(base, 0);
        return wrong > (start.length == SegmentHeader.MAGIC.length ? 1 : 0)
                && new SegmentScan(file, none, Long.MAX_VALUE, Long.MAX_VALUE, new GrowingIndex(0))
                                .run()
                                .count()
                        == 0;
    }

    private static List<Long> bases(Disk disk) throws IOException {
        return disk.list().stream()
                .filter(name -> LOG_NAME.matcher(name).matches())
                .map(name -> Long.parseLong(name.substring(0, 20)))
                .sorted()
                .toList();
    }

    /**
     * Opens the segments of a disk. After this, every end of the process is a crash until {@link CleanStopMarker#write}.
     *
     * @param epoch the name of the next epoch, if the last one cannot continue
     * @throws JournalRefusedException as {@link #refuseForeign}
     */
    static Segments load(Disk disk, JournalBounds bounds, JournalClocks clocks, String epoch) throws IOException {
        refuseForeign(disk);
        SegmentLoader loader = new SegmentLoader(disk);
        try {
            return loader.load(bounds, clocks, epoch);
        } catch (IOException | RuntimeException failed) {
            for (Segment segment : loader.segments) {
                segment.closeFile();
            }
            throw failed;
        }
    }

    private Segments load(JournalBounds bounds, JournalClocks clocks, String epoch) throws IOException {
        CleanStopMarker marker = new CleanStopMarker(disk);
        EventId stop = marker.read();
        openSegments(stop == null ? 0 : stop.offset());
        Segment last = segments.isEmpty() ? null : segments.get(segments.size() - 1);
        long end = last == null ? 0 : last.summary().end() - 1;
        long head = Math.max(end, stop == null ? 0 : stop.offset());
        lost = head > end ? head : lost;
        EpochHistory known = knownEpochs(epoch);
        boolean continues = known != null && head == end && known.idOf(head).equals(stop);
        marker.delete();
        log(continues || last == null, head);
        EpochHistory epochs = known == null
                ? new EpochHistory(List.of(new Epoch(epoch, head, 0)))
                : continues ? known : append(known, epoch, head);
        Segment active = continues && isWritable(last) ? last : null;
        if (active == null) {
            closeLast(head);
        }
        if (!continues) {
            active = Segment.create(disk, head + 1, epochs, floor());
            active.sync();
            disk.sync();
            segments.add(active);
        }
        Segments all =
                new Segments(disk, bounds, clocks, epochs, new CarriedKeys(disk), segments, active, head);
        all.addLost(lost);
        return all;
    }

    private void openSegments(long stoppedAt) throws IOException {
        List<Long> bases = bases(disk);
        for (int i = 0; i < bases.size(); i++) {
            boolean last = i == bases.size() - 1;
            long limit = last ? Long.MAX_VALUE : bases.get(i + 1);
            Segment segment = Segment.open(disk, bases.get(i));
            long before = segments.isEmpty() ? bases.get(0) : segments.get(i - 1).summary().end();
            segments.add(segment);
            if (last || !segment.openIndex(limit)) {
                segment.scan(limit, last ? stoppedAt : limit - 1, floor());
                if (!last) {
                    segment.close(newestFirst(i));
                }
            }
            lost = Math.max(lost, segment.summary().lost());
            lost = before < bases.get(i) ? Math.max(lost, bases.get(i) - 1) : lost;
        }
        for (String name : disk.list()) {
            if (INDEX_NAME.matcher(name).matches() && !bases.contains(Long.parseLong(name.substring(0, 20)))) {
                disk.delete(name);
            }
        }
    }

    private long floor() {
        return segments.isEmpty() ? 0 : segments.get(0).base() - 1;
    }

    /** Returns the segments before an index. */
    private List<Segment> newestFirst(int end) {
        List<Segment> older = new ArrayList<>(segments.subList(0, end));
        Collections.reverse(older);
        return older;
    }

    /**
     * Returns the epochs in the newest header that can be read, or {@code null} if none can. The ids of later segments
     * are unknown: an epoch stands for them that no client has seen.
     */
    private @Nullable EpochHistory knownEpochs(String epoch) {
        long unknownFrom = 0;
        for (Segment segment : newestFirst(segments.size())) {
            SegmentHeader header = segment.header();
            if (header != null) {
                return unknownFrom == 0 ? header.epochs() : append(header.epochs(), epoch + "x", unknownFrom - 1);
            }
            unknownFrom = segment.base();
        }
        return null;
    }

    /** Epochs without events are kept too: their clients may have missed nothing of their topics. */
    private static EpochHistory append(EpochHistory epochs, String name, long after) {
        List<Epoch> all = epochs.append(name, after, 0).epochs();
        return new EpochHistory(all.subList(Math.max(0, all.size() - MAX_EPOCHS), all.size()));
    }

    private static boolean isWritable(@Nullable Segment last) throws IOException {
        return last != null && !last.isClosed() && last.summary().lost() == 0;
    }

    /** Closes the last segment, or drops it if it is empty and the next one takes its name. */
    private void closeLast(long head) throws IOException {
        int index = segments.size() - 1;
        if (index >= 0 && segments.get(index).base() > head) {
            segments.remove(index).closeFile();
        } else if (index >= 0) {
            segments.get(index).close(newestFirst(index));
        }
    }

    private void log(boolean complete, long head) {
        if (!complete) {
            LOG.log(Level.INFO, "The journal was not closed; it ends with event {0,number,#}", head);
        }
        if (lost > 0) {
            LOG.log(
                    Level.WARNING,
                    "The journal is damaged: events up to {0,number,#} are missing. Clients receive a gap event",
                    lost);
        }
    }
}
