package dev.courant.topic;

import dev.courant.event.TopicSelector;
import java.util.BitSet;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A list of topic patterns, such as {@code news,chat/*,logs/**}. {@code *} matches any characters except a slash, and
 * {@code **} matches any characters. Immutable.
 */
public record TopicPatterns(List<String> patterns) implements TopicSelector {

    public TopicPatterns {
        patterns = List.copyOf(patterns);
    }

    /** Parses patterns separated by commas. Their length is not limited, because they come from the operator. */
    public static TopicPatterns of(String list) {
        return new TopicPatterns(Pattern.compile(",")
                .splitAsStream(list)
                .map(String::strip)
                .filter(pattern -> !pattern.isEmpty())
                .toList());
    }

    @Override
    public boolean matches(String topic) {
        return patterns.stream().anyMatch(pattern -> matches(pattern, topic));
    }

    /**
     * Matches in one pass over the topic, without backtracking: {@code positions} has all positions in the pattern that
     * the characters so far can reach.
     */
    private static boolean matches(String pattern, String topic) {
        BitSet positions = new BitSet();
        addPositions(positions, pattern, 0);
        for (int i = 0; i < topic.length() && !positions.isEmpty(); i++) {
            char next = topic.charAt(i);
            BitSet nextPositions = new BitSet();
            for (int at = positions.nextSetBit(0); at >= 0; at = positions.nextSetBit(at + 1)) {
                if (at == pattern.length()) {
                    continue;
                }
                if (pattern.charAt(at) != '*') {
                    if (pattern.charAt(at) == next) {
                        addPositions(nextPositions, pattern, at + 1);
                    }
                } else if (next != '/' || pattern.startsWith("**", at)) {
                    addPositions(nextPositions, pattern, at);
                }
            }
            positions = nextPositions;
        }
        return positions.get(pattern.length());
    }

    /** Adds a position, and those after it that skip stars, which also match nothing. */
    private static void addPositions(BitSet positions, String pattern, int position) {
        int at = position;
        positions.set(at);
        while (pattern.startsWith("*", at)) {
            at += pattern.startsWith("**", at) ? 2 : 1;
            positions.set(at);
        }
    }
}
