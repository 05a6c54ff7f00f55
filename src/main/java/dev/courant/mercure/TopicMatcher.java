package dev.courant.mercure;

import dev.courant.event.Topic;
import dev.courant.event.TopicSelection;
import dev.courant.event.TopicSelector;
import dev.courant.topic.ExactTopic;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * One matcher in a subscriber's query. The specification calls it a subscription. Immutable.
 *
 * @param type the name of the matcher's type, empty in version 0.x, which has no types
 * @param text the matcher as the subscriber wrote it
 * @param selector the selector for the topics that the matcher matches
 */
record TopicMatcher(String type, String text, TopicSelector selector) {

    /** The maximum size of a matcher in bytes of UTF-8. Topics have the same maximum. */
    static final int MAX_BYTES = Topic.MAX_BYTES;

    /** The maximum number of matchers of one stream. */
    static final int MAX_PER_STREAM = 100;

    /** Returns the selection of the topics that at least one of the matchers selects. */
    static TopicSelection toSelection(List<TopicMatcher> matchers, TopicSelector readable) {
        Set<Topic> topics = new HashSet<>();
        Set<TopicSelector> patterns = new HashSet<>();
        for (TopicMatcher matcher : matchers) {
            if (matcher.selector instanceof ExactTopic exact) {
                topics.add(new Topic(exact.name()));
            } else {
                patterns.add(matcher.selector);
            }
        }
        return new TopicSelection(topics, patterns, readable);
    }
}
