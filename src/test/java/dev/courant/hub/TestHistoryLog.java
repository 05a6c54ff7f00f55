package dev.courant.hub;

import dev.courant.event.Event;
import dev.courant.event.EventId;
import dev.courant.event.TopicSelection;
import dev.courant.event.WireFormat;
import dev.courant.log.EpochHistory;
import dev.courant.log.History;
import dev.courant.log.IdempotencyKey;
import dev.courant.log.LogEntry;
import dev.courant.log.LogRange;
import dev.courant.log.LogUnavailableException;
import dev.courant.log.ReplayLimit;
import dev.courant.log.RetentionBounds;
import dev.courant.log.StreamPosition;
import dev.courant.log.WindowBounds;
import dev.courant.log.WindowLog;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** A log with a small window that retains all events beyond it, and that a test can make unavailable. */
final class TestHistoryLog extends WindowLog {

    private final History history = new Kept();
    final List<LogEntry> stored = new ArrayList<>();
    long floor;
    int reads;
    boolean unavailable;
    boolean stuck; // each read returns nothing

    TestHistoryLog(int window) {
        super(RetentionBounds.of(new WindowBounds(window, 1 << 20, Duration.ofHours(1))), () -> 0);
        setEpochs(EpochHistory.of("e"));
    }

    @Override
    public StreamPosition findStream(String key) {
        return null;
    }

    @Override
    public CompletionStage<EventId> append(Event event, @Nullable IdempotencyKey once) {
        EventId id = idOf(head() + 1);
        byte[] frame = WireFormat.frame(id.toString(), WireFormat.body(event));
        LogEntry entry = new LogEntry(id.offset(), event.kind(), event.topics(), event.restricted(), null, frame, 0, 0);
        appendLock.lock();
        try {
            put(entry);
        } finally {
            appendLock.unlock();
        }
        stored.add(entry);
        notifyListeners();
        return CompletableFuture.completedFuture(id);
    }

    @Override
    public History history() {
        return history;
    }

    @Override
    public @Nullable String findOutage() {
        return unavailable ? "The disk is full." : null;
    }

    @Override
    public void close() {}

    private final class Kept implements History {

        @Override
        public long floor() {
            return floor;
        }

        @Override
        public OptionalLong find(String publishedId, TopicSelection reader) {
            return OptionalLong.empty();
        }

        @Override
        public LogRange read(TopicSelection selection, long after, long upTo, int bytes) {
            reads++;
            if (unavailable) {
                throw new LogUnavailableException("not now");
            }
            if (stuck) {
                return new LogRange(List.of(), after);
            }
            List<LogEntry> entries = new ArrayList<>();
            int read = 0;
            for (LogEntry entry : stored) {
                if (entry.offset() > Math.max(after, floor)
                        && entry.offset() <= upTo
                        && entry.isSelectedBy(selection)) {
                    entries.add(entry);
                    read += entry.frame().length;
                    if (read >= bytes) {
                        return new LogRange(entries, entry.offset());
                    }
                }
            }
            return new LogRange(entries, upTo);
        }

        @Override
        public long findReplayStart(TopicSelection selection, long after, ReplayLimit limit) {
            return Math.max(after, head() - limit.maxEvents());
        }
    }
}
