package dev.courant.kafka;

import dev.courant.event.EventId;
import org.apache.kafka.common.Uuid;

/**
 * The period in which the offsets of the topic only grow. It ends when the topic is deleted, or when Kafka loses
 * records that this node has read. The offsets of a re-created topic start at 0 again, while the log offsets of this
 * process continue.
 *
 * @param id Kafka's id of the topic
 * @param epoch the epoch in the ids of its events
 * @param after the log offset before its first event
 * @param base the difference of the offsets: log offset = base + Kafka offset + 1
 */
record TopicIncarnation(Uuid id, String epoch, long after, long base) {

    private static final int EPOCH_BITS = 52; // at most 11 characters in base 36: the epoch is part of every id

    /** Creates the incarnation with an epoch that every node derives from the topic's id. */
    static TopicIncarnation of(Uuid id, long after) {
        return new TopicIncarnation(id, toEpochName(id), after, after);
    }

    private static String toEpochName(Uuid id) {
        long mixed = (id.getMostSignificantBits() * 31 + id.getLeastSignificantBits()) >>> (Long.SIZE - EPOCH_BITS);
        return Long.toString(mixed, Character.MAX_RADIX);
    }

    /** Returns the log offset of a record. */
    long toLogOffset(long kafkaOffset) {
        return base + kafkaOffset + 1;
    }

    /** Returns the Kafka offset of the first record after a log offset. */
    long findKafkaOffsetAfter(long offset) {
        return Math.max(offset, after) - base;
    }

    /** Returns the id of a record. */
    EventId toEventId(long kafkaOffset) {
        return new EventId(epoch, kafkaOffset + 1);
    }
}
