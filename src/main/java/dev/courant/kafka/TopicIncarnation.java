package dev.courant.kafka;

import dev.courant.event.EventId;
import dev.courant.log.EpochHistory;
import org.apache.kafka.common.Uuid;

/**
 * The topic as long as it is the same one: made anew under its name it begins another. Kafka counts a topic's records from
 * 0, and this process counts on.
 *
 * @param id Kafka's own of the topic
 * @param epoch in the ids of events
 * @param after the offset before its first in this process
 * @param base what Kafka's offsets are added to
 */
record TopicIncarnation(Uuid id, String epoch, long after, long base) {

    private static final int EPOCH_BITS = 52; // 11 characters at most, in every id that is sent

    /** The same for every node. */
    static TopicIncarnation of(Uuid id, long after) {
        return new TopicIncarnation(id, epoch(id), after, after);
    }

    private static String epoch(Uuid id) {
        long mixed = (id.getMostSignificantBits() * 31 + id.getLeastSignificantBits()) >>> (Long.SIZE - EPOCH_BITS);
        return Long.toString(mixed, Character.MAX_RADIX);
    }

    /** The offset of a record in this process. */
    long inside(long kafkaOffset) {
        return base + kafkaOffset + 1;
    }

    /** Of the first record after an offset of this process. */
    long kafkaOffsetAfter(long offset) {
        return Math.max(offset, after) - base;
    }

    /** The id of a record. */
    EventId idOf(long kafkaOffset) {
        return new EventId(epoch, kafkaOffset + 1);
    }

    EpochHistory.Epoch range() {
        return new EpochHistory.Epoch(epoch, after, base);
    }
}
