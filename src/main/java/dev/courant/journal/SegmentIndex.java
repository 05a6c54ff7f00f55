package dev.courant.journal;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.courant.event.Topic;
import dev.courant.event.TopicSelection;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The index of a segment: the positions of its records, the offsets that have a term, and the idempotency keys. Thread-safe.
 *
 * <p>A term is a topic, the end of a topic, or an id that a publisher chose, as a hash of 64 bits. If two have the same hash, the events of both
 * are read: readers compare the events themselves.
 */
interface SegmentIndex {

    /** The maximum number of topics whose lists are merged. With more, every event is read. */
    int MAX_TOPICS = 256;

    static long topicTerm(String topic) {
        return hash("t" + topic);
    }

    static long endTerm(String topic) {
        return hash("e" + topic);
    }

    static long idTerm(String publishedId) {
        return hash("i" + publishedId);
    }

    /** Returns the FNV-1a hash. */
    private static long hash(String text) {
        long hash = 0xcbf29ce484222325L;
        for (byte next : text.getBytes(UTF_8)) {
            hash = (hash ^ (next & 0xff)) * 0x100000001b3L;
        }
        return hash;
    }

    SegmentSummary summary();

    /** Returns the number of terms. */
    int terms();

    /** Returns the position of a record, or 0 if the record is lost. */
    int position(long offset);

    @Nullable
    PostingList find(long term);

    /** Returns the names of all topics, in any order. */
    List<String> topics();

    /** Returns the events that have an idempotency key, with the key only. */
    List<StoredEvent> keys();

    /** Passes the last offset of each term to a consumer. */
    void forEachLast(LastOffset consumer);

    /** A consumer of the last offset of a term. */
    interface LastOffset {
        void accept(long term, long offset);
    }

    /** Returns the lists of the selected topics, or {@code null} if to read every event costs less. */
    default @Nullable List<PostingList> select(TopicSelection selection) {
        List<PostingList> lists = new ArrayList<>();
        for (Topic topic : selection.topics()) {
            add(lists, topic.name());
        }
        if (!selection.isExact()) {
            List<String> names = topics();
            if (names.size() > summary().count() / 2) {
                return null;
            }
            for (String name : names) {
                if (selection.selectsByPattern(new Topic(name))) {
                    add(lists, name);
                }
            }
        }
        return lists.size() > MAX_TOPICS ? null : lists;
    }

    private void add(List<PostingList> lists, String topic) {
        PostingList list = find(topicTerm(topic));
        if (list != null) {
            lists.add(list);
        }
    }
}
