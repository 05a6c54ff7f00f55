package dev.courant.mercure;

import dev.courant.event.Selection;
import dev.courant.event.Topic;
import dev.courant.event.TopicSelector;
import dev.courant.match.Exact;
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
record Matcher(String type, String text, TopicSelector selector) {

    /** In bytes of UTF-8, and so of the topics that can be matched. */
    static final int MAX_BYTES = Topic.MAX_BYTES;

    /** On one connection. */
    static final int MOST = 100;

    /** All that they choose. */
    static Selection selection(List<Matcher> matchers, TopicSelector readable) {
        Set<Topic> topics = new HashSet<>();
        Set<TopicSelector> patterns = new HashSet<>();
        for (Matcher matcher : matchers) {
            if (matcher.selector instanceof Exact exact) {
                topics.add(new Topic(exact.name()));
            } else {
                patterns.add(matcher.selector);
            }
        }
        return new Selection(topics, patterns, readable);
    }
}
