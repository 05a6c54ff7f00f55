package dev.courant.kafka;

import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** The receiver of the records that the follower reads. Called by the follower thread only. */
interface RecordSink {

    /** Returns the log offset of the last record that the sink received, even if the record is not an event. */
    long head();

    /**
     * Starts an incarnation of the topic, the first one or one that replaces the previous one.
     *
     * @param lostUpTo the log offset up to which the sink does not receive events
     */
    void start(TopicIncarnation incarnation, long lostUpTo);

    /** Marks the log as usable: the sink has received all records that were in the topic at the start. */
    void markLoaded(TopicIncarnation incarnation);

    /**
     * Adds records in the order of the topic.
     *
     * @param position the Kafka offset of the next record to read
     */
    void add(List<ConsumerRecord<byte[], byte[]>> records, TopicIncarnation incarnation, long position);

    /** Marks all events up to a log offset as lost: Kafka has deleted records before the follower read them. */
    void markLost(long upTo);
}
