package dev.courant.kafka;

import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Where the follower takes what it finds; on its thread alone. */
interface RecordSink {

    /** The newest offset that there is, or that has been passed. */
    long head();

    /**
     * The topic begins, or another does.
     *
     * @param lostUpTo everything up to this offset is not taken here
     */
    void begin(TopicIncarnation life, long lostUpTo);

    /** What was there at the start has been taken: the log may be used. */
    void known(TopicIncarnation life);

    /** @param position Kafka's offset of the next record to come */
    void take(List<ConsumerRecord<byte[], byte[]>> records, TopicIncarnation life, long position);

    /** What was to be taken next is gone. */
    void lose(long upTo);
}
