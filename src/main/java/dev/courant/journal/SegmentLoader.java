package dev.courant.journal;

import dev.courant.event.EventId;
import dev.courant.log.EpochHistory;
import dev.courant.log.EpochHistory.Epoch;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The opening of a journal: reads the files, and determines the epoch of the next event. */
final class SegmentLoader {

    private static final Logger LOG = System.getLogger(SegmentLoader.class.getName());
    private static final Pattern LOG_NAME = Pattern.compile("0{4}[0-9]{16}\\.log");
    private static final Pattern INDEX_NAME = Pattern.compile("0{4}[0-9]{16}\\.idx");
    private static final String FORMER_FORMAT = "courant.mv";
    private static final int MAX_EPOCHS = 1000;

    private final Disk disk;
    private final List<Segment> segments = new ArrayList<>();
    private final JournalBounds bounds;
    private final JournalClocks clocks;
    private final RetiredIndexes retired;
    private long lost;

    private SegmentLoader(Disk disk, JournalBounds bounds, JournalClocks clocks) {
        this.disk = disk;
        this.bounds = bounds;
        this.clocks = clocks;
        retired = new RetiredIndexes(disk, clocks, bounds);
    }

    /**
     * Opens the segments of a disk. After this, every end of the process is a crash until {@link CleanStopMarker#write}.
     *
     * @param epoch the name of the next epoch, if the last one cannot continue
     * @throws JournalRefusedException as {@link #check}
     */
    static Segments load(Disk disk, JournalBounds bounds, JournalClocks clocks, String epoch) throws IOException {
        check(disk);
        SegmentLoader loader = new SegmentLoader(disk, bounds, clocks);
        try {
            return loader.load(epoch);
        } catch (IOException | RuntimeException failed) {
            for (Segment segment : loader.segments) {
                segment.closeFile();
            }
            throw failed;
        }
    }

    /**
     * Checks that a directory contains no files of another program or another version. Changes nothing.
     *
     * @throws JournalRefusedException if it does
     */
    static void check(Disk disk) throws IOException {
        if (disk.list().contains(FORMER_FORMAT)) {
            throw new JournalRefusedException(
                    "it contains " + FORMER_FORMAT
                            + " of an earlier version, whose events cannot be read. Move that file away to start a new journal");
        }
        for (long base : bases(disk, LOG_NAME)) {
            try (DiskFile file = disk.open(Segment.logName(base))) {
                GrowingIndex empty = new GrowingIndex(SegmentSummary.empty(base, 0));
                if (SegmentHeader.read(file) == null
                        && SegmentHeader.isForeign(file)
                        && new SegmentScan(file, empty, Long.MAX_VALUE, Long.MAX_VALUE, 0)
                                        .run()
                                        .summary()
                                        .count()
                                == 0) {
                    throw new JournalRefusedException(Segment.logName(base)
                            + " is no file of Courant. Move it away, or choose another directory");
                }
            }
        }
    }

    private static List<Long> bases(Disk disk, Pattern name) throws IOException {
        return disk.list().stream()
                .filter(file -> name.matcher(file).matches())
                .map(file -> Long.parseLong(file.substring(0, 20)))
                .sorted()
                .toList();
    }

    private Segments load(String epoch) throws IOException {
        EventId stop = CleanStopMarker.read(disk);
        openSegments(stop == null ? 0 : stop.offset());
        CleanStopMarker.delete(disk);
        Segment last = segments.isEmpty() ? null : segments.get(segments.size() - 1);
        long end = last == null ? 0 : last.summary().end() - 1;
        long head = Math.max(end, stop == null ? 0 : stop.offset());
        lost = head > end ? head : lost;
        EpochHistory known = knownEpochs(epoch);
        if (last != null) {
            last.sync(); // a killed process may have left unsynced events, which clients see from now on
            if (known != null && known.idOf(end).equals(stop)) {
                disk.delete(Segment.indexName(last.base())); // it may have been closed
                return segments(known, last, head);
            }
            LOG.log(Level.INFO, "The journal was not closed; it ends with event {0,number,#}", head);
            if (last.base() <= head) {
                close(last);
            } else if (last.isUnreadable()) {
                lost = ++head; // the next segment must not replace the file
                close(last);
            } else {
                segments.remove(last); // it is empty, and the next one replaces it
                last.closeFile();
            }
        }
        EpochHistory epochs =
                known == null ? new EpochHistory(List.of(new Epoch(epoch, head, 0))) : append(known, epoch, head);
        Segment active = Segment.create(disk, head + 1, epochs, List.of(), head);
        segments.add(active);
        return segments(epochs, active, head);
    }

    private Segments segments(EpochHistory epochs, Segment active, long head) {
        SegmentList list = new SegmentList();
        segments.forEach(list::add);
        list.addLost(lost);
        if (lost > 0) {
            LOG.log(
                    Level.WARNING,
                    "The journal is damaged: events up to {0,number,#} are missing. Clients receive a gap event",
                    lost);
        }
        return new Segments(disk, bounds, clocks, epochs, list, active, retired, head);
    }

    private void openSegments(long stoppedAt) throws IOException {
        List<Long> bases = bases(disk, LOG_NAME);
        for (int i = 0; i < bases.size(); i++) {
            boolean last = i == bases.size() - 1;
            long limit = last ? Long.MAX_VALUE : bases.get(i + 1);
            long before = i == 0 ? bases.get(0) : segments.get(i - 1).summary().end();
            lost = Math.max(lost, before < bases.get(i) ? bases.get(i) - 1 : 0);
            Segment segment = Segment.open(disk, bases.get(i));
            segments.add(segment);
            if (last || !segment.openIndex(limit)) { // the last one may have an index of an earlier time
                segment.scan(limit, last ? stoppedAt : limit - 1, bases.get(0) - 1);
                if (!last) {
                    close(segment);
                }
            }
            lost = Math.max(lost, segment.summary().lost());
        }
        for (long base : bases(disk, INDEX_NAME)) {
            if (!bases.contains(base)) {
                retired.add(base);
            }
        }
    }

    private void close(Segment segment) throws IOException {
        for (Segment earlier : segments.subList(0, segments.indexOf(segment))) {
            segment.follow(earlier.index(), lost);
        }
        segment.close();
    }

    /**
     * Returns the epochs in the newest header that can be read, or {@code null} if none can. The ids of later segments
     * are unknown: an epoch stands for them that no client has seen.
     */
    private @Nullable EpochHistory knownEpochs(String epoch) {
        for (int i = segments.size() - 1; i >= 0; i--) {
            SegmentHeader header = segments.get(i).header();
            if (header != null) {
                boolean newest = i == segments.size() - 1;
                return newest
                        ? header.epochs()
                        : append(
                                header.epochs(),
                                epoch + "x",
                                segments.get(i + 1).base() - 1);
            }
        }
        return null;
    }

    /** Epochs without events are kept too: their clients may have missed nothing of their topics. */
    private static EpochHistory append(EpochHistory epochs, String name, long after) {
        List<Epoch> all = epochs.append(name, after, 0).epochs();
        return new EpochHistory(all.subList(Math.max(0, all.size() - MAX_EPOCHS), all.size()));
    }
}
