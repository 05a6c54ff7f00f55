package dev.courant.simulation;

import dev.courant.event.Event;
import dev.courant.event.EventId;
import dev.courant.event.Topic;
import dev.courant.event.TopicSelection;
import dev.courant.log.EventLog;
import dev.courant.log.History;
import dev.courant.log.IdempotencyKey;
import dev.courant.log.LogEntry;
import dev.courant.log.LogRange;
import dev.courant.log.ReplayLimit;
import dev.courant.log.StreamPosition;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * The log as the hub sees it. Before each call another thread may act: publish, evict, or write. So a reader meets the
 * interleavings that threads would cause.
 *
 * @param others runs the work of other threads, or nothing
 */
record InterleavedLog(EventLog log, Runnable others) implements EventLog {

    @Override
    public CompletionStage<EventId> append(Event event, @Nullable IdempotencyKey key) {
        return log.append(event, key);
    }

    @Override
    public StreamPosition findStream(String key) {
        return log.findStream(key);
    }

    @Override
    public long head() {
        return later().head();
    }

    @Override
    public long awaitAcknowledgedHead() {
        return later().awaitAcknowledgedHead();
    }

    @Override
    public EventId idOf(long offset) {
        return later().idOf(offset);
    }

    @Override
    public OptionalLong find(String id, TopicSelection reader) {
        return later().find(id, reader);
    }

    @Override
    public long findEndOfEpoch(String id) {
        return later().findEndOfEpoch(id);
    }

    @Override
    public long floor(TopicSelection selection, long from) {
        return later().floor(selection, from);
    }

    @Override
    public @Nullable LogEntry next(long offset) {
        return later().next(offset);
    }

    @Override
    public List<LogEntry> read(TopicSelection selection, long after, long upTo, int bytes) {
        return later().read(selection, after, upTo, bytes);
    }

    @Override
    public long findReplayStart(TopicSelection selection, long after, ReplayLimit limit) {
        return later().findReplayStart(selection, after, limit);
    }

    @Override
    public @Nullable LogEntry findEnd(Topic topic) {
        return later().findEnd(topic);
    }

    @Override
    public History history() {
        return new InterleavedHistory(log.history(), others);
    }

    @Override
    public @Nullable String findOutage() {
        return log.findOutage();
    }

    @Override
    public void addAppendListener(Runnable listener) {
        log.addAppendListener(listener);
    }

    @Override
    public void evictExpired() {
        later().evictExpired();
    }

    @Override
    public void close() {
        log.close();
    }

    private EventLog later() {
        others.run();
        return log;
    }

    private record InterleavedHistory(History history, Runnable others) implements History {

        private History later() {
            others.run();
            return history;
        }

        @Override
        public long floor() {
            return later().floor();
        }

        @Override
        public long floor(TopicSelection selection, long from) {
            return later().floor(selection, from);
        }

        @Override
        public OptionalLong find(String publishedId, TopicSelection reader) {
            return later().find(publishedId, reader);
        }

        @Override
        public @Nullable LogEntry findEnd(Topic topic) {
            return later().findEnd(topic);
        }

        @Override
        public LogRange read(TopicSelection selection, long after, long upTo, int bytes) {
            return later().read(selection, after, upTo, bytes);
        }

        @Override
        public long findReplayStart(TopicSelection selection, long after, ReplayLimit limit) {
            return later().findReplayStart(selection, after, limit);
        }
    }
}
