package dev.courant.access;

import dev.courant.event.Topic;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A list of patterns of topics, such as {@code news,chat/*,logs/**}: {@code *} stands for any characters within a
 * segment, {@code **} for any at all. Immutable.
 */
public final class TopicPatterns {

    private final List<Pattern> patterns;

    private TopicPatterns(List<Pattern> patterns) {
        this.patterns = patterns;
    }

    /** Reads patterns separated by commas; of none, none matches. The operator's own, so they are not held to a length. */
    public static TopicPatterns of(String list) {
        return new TopicPatterns(Pattern.compile(",")
                .splitAsStream(list)
                .map(String::strip)
                .filter(pattern -> !pattern.isEmpty())
                .map(TopicPatterns::compile)
                .toList());
    }

    /** Whether one of the patterns is this topic's. */
    public boolean match(Topic topic) {
        return patterns.stream()
                .anyMatch(pattern -> pattern.matcher(topic.name()).matches());
    }

    private static Pattern compile(String pattern) {
        StringBuilder regex = new StringBuilder();
        int at = 0;
        while (at < pattern.length()) {
            if (pattern.startsWith("**", at)) {
                regex.append(".*");
                at += 2;
            } else {
                String one = pattern.substring(at, at + 1);
                regex.append(one.equals("*") ? "[^/]*" : Pattern.quote(one));
                at++;
            }
        }
        return Pattern.compile(regex.toString());
    }
}
