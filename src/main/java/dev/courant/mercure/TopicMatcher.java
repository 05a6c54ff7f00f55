package dev.courant.mercure;

import dev.courant.event.Topic;
import dev.courant.event.TopicSelection;
import dev.courant.event.TopicSelector;
import dev.courant.topic.ExactTopic;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * One of the things that a subscriber asks for: in the protocol's terms, a subscription.
 *
 * @param type the name of the matcher's type; empty in a dialect that has none
 * @param text as the subscriber wrote it
 * @param selector what it means
 */
record TopicMatcher(String type, String text, TopicSelector selector) {

    /** In bytes of UTF-8, and so of the topics that can be matched. */
    static final int MAX_BYTES = Topic.MAX_BYTES;

    /** On one connection. */
    static final int MOST = 100;

    /** All that they choose. */
    static TopicSelection selection(List<TopicMatcher> matchers, TopicSelector readable) {
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
