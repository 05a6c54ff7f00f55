package dev.courant.auth;

import dev.courant.event.Topic;
import dev.courant.event.TopicSelector;
import java.util.BitSet;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A list of patterns of topics, such as {@code news,chat/*,logs/**}: {@code *} stands for any characters within a
 * segment, {@code **} for any at all. Immutable.
 */
public record TopicPatterns(List<String> patterns) implements TopicSelector {

    /** Takes a copy. */
    public TopicPatterns {
        patterns = List.copyOf(patterns);
    }

    /** Reads patterns separated by commas; of none, none matches. The operator's own, so they are not held to a length. */
    public static TopicPatterns of(String list) {
        return new TopicPatterns(Pattern.compile(",")
                .splitAsStream(list)
                .map(String::strip)
                .filter(pattern -> !pattern.isEmpty())
                .toList());
    }

    /** Whether one of the patterns is this topic's. */
    public boolean match(Topic topic) {
        return matches(topic.name());
    }

    @Override
    public boolean matches(String topic) {
        return patterns.stream().anyMatch(pattern -> matches(pattern, topic));
    }

    /** Goes through the topic once, with all the places of the pattern that it may have come to: nothing is tried again. */
    private static boolean matches(String pattern, String topic) {
        BitSet places = new BitSet();
        reach(places, pattern, 0);
        for (int i = 0; i < topic.length() && !places.isEmpty(); i++) {
            char next = topic.charAt(i);
            BitSet further = new BitSet();
            for (int at = places.nextSetBit(0); at >= 0; at = places.nextSetBit(at + 1)) {
                if (at == pattern.length()) {
                    continue;
                }
                if (pattern.charAt(at) != '*') {
                    if (pattern.charAt(at) == next) {
                        reach(further, pattern, at + 1);
                    }
                } else if (next != '/' || pattern.startsWith("**", at)) {
                    reach(further, pattern, at);
                }
            }
            places = further;
        }
        return places.get(pattern.length());
    }

    /** A star may also stand for nothing. */
    private static void reach(BitSet places, String pattern, int place) {
        int at = place;
        places.set(at);
        while (pattern.startsWith("*", at)) {
            at += pattern.startsWith("**", at) ? 2 : 1;
            places.set(at);
        }
    }
}
