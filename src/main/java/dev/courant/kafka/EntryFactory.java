package dev.courant.kafka;

import dev.courant.event.Event;
import dev.courant.event.EventId;
import dev.courant.event.WireFormat;
import dev.courant.kafka.EventRecord.Keyed;
import dev.courant.log.LogEntry;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** Makes entries of records. Any thread. */
final class EntryFactory {

    private static final Logger LOG = System.getLogger(EntryFactory.class.getName());

    private static final long QUIET_NANOS = Duration.ofMinutes(1).toNanos();

    private final LongSupplier nanoTime;
    private volatile long complainedAt;
    private volatile boolean complained;

    /** @param nanoTime the log's clock */
    EntryFactory(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /**
     * The entry that a record is; {@code null} if it is none, or repeats another.
     *
     * @param life of the topic that it is from
     * @param repeats is asked about every record with a key that is one of ours
     */
    @Nullable
    LogEntry of(ConsumerRecord<byte[], byte[]> from, TopicIncarnation life, RepeatCheck repeats) {
        long now = nanoTime.getAsLong();
        long age = Math.max(0, System.currentTimeMillis() - from.timestamp());
        long storedAt = now - Duration.ofMillis(age).toNanos();
        try {
            Event event = EventRecord.event(from);
            Keyed keyed = EventRecord.keyed(from);
            EventId id = life.idOf(from.offset());
            if (keyed != null && repeats.isRepeat(keyed, id, storedAt)) {
                return null;
            }
            String published = event.id();
            byte[] frame = WireFormat.frame(published == null ? id.toString() : published, WireFormat.body(event));
            return new LogEntry(
                    life.inside(from.offset()), event.topics(), event.restricted(), published, frame, storedAt);
        } catch (IllegalArgumentException foreign) {
            complain(from.offset(), foreign, now);
            return null;
        }
    }

    /** Whoever writes what is none writes more of it, mostly. */
    private void complain(long offset, IllegalArgumentException why, long now) {
        if (!complained || now - complainedAt > QUIET_NANOS) {
            complained = true;
            complainedAt = now;
            LOG.log(
                    Level.WARNING,
                    "The record {0} of the topic is no event and is left out: {1}; of others like it, a minute is said"
                            + " nothing",
                    Long.toString(offset),
                    why.getMessage());
        }
    }

    /** Tells whether a record is no event of its own, because another with the same key came before it. */
    interface RepeatCheck {

        /** @param storedAt on the log's clock, in nanoseconds */
        boolean isRepeat(Keyed record, EventId id, long storedAt);
    }
}
