package dev.courant.journal;

import dev.courant.event.Topic;
import dev.courant.event.TopicSelection;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The index of a segment: positions by ordinal, and ordinals by {@link IndexTerm}. Thread-safe. */
interface SegmentIndex {

    /** The maximum number of topics whose lists are merged. With more, every event is read. */
    int MAX_TOPICS = 256;

    /** Returns the number of ordinals. */
    int count();

    /** Returns the position of a record in the file of the segment, or 0 if the record is lost. */
    int position(int ordinal);

    @Nullable
    PostingList find(long term);

    /** Returns the names of all topics, in any order. */
    List<String> topicNames();

    /** Returns the lists of the selected topics, or {@code null} if to read every event costs less. */
    default @Nullable List<PostingList> select(TopicSelection selection) {
        List<PostingList> lists = new ArrayList<>();
        for (Topic topic : selection.topics()) {
            add(lists, topic.name());
        }
        if (!selection.isExact()) {
            List<String> names = topicNames();
            if (names.size() > count() / 2) {
                return null;
            }
            for (String name : names) {
                Topic topic = new Topic(name);
                if (selection.selectsByPattern(topic) && !selection.topics().contains(topic)) {
                    add(lists, name);
                }
            }
        }
        return lists.size() > MAX_TOPICS ? null : lists;
    }

    private void add(List<PostingList> lists, String topic) {
        PostingList list = find(IndexTerm.topic(topic));
        if (list != null) {
            lists.add(list);
        }
    }
}
