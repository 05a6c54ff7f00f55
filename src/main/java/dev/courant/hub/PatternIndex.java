package dev.courant.hub;

import dev.courant.event.Topic;
import dev.courant.event.TopicForm;
import dev.courant.event.TopicSelector;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * An index of audiences by the prefixes of their patterns. A topic is converted to each {@link TopicForm} once, then
 * compared only with patterns whose prefix is a prefix of the result. Not thread-safe; used by the dispatcher thread
 * only.
 */
final class PatternIndex {

    /** The patterns of each audience, by form, prefix and {@link Audience#patternNumber}. */
    private final Map<TopicForm, NavigableMap<String, NavigableMap<Long, Candidate>>> byForm = new HashMap<>();

    private record Candidate(Audience audience, List<TopicSelector> patterns) {}

    void add(Audience audience) {
        for (TopicSelector pattern : audience.selection.patterns()) {
            byForm.computeIfAbsent(pattern.form(), form -> new TreeMap<>())
                    .computeIfAbsent(pattern.prefix(), prefix -> new TreeMap<>())
                    .computeIfAbsent(audience.patternNumber, number -> new Candidate(audience, new ArrayList<>(1)))
                    .patterns
                    .add(pattern);
        }
    }

    void remove(Audience audience) {
        for (TopicSelector pattern : audience.selection.patterns()) {
            byForm.computeIfPresent(pattern.form(), (form, prefixes) -> {
                prefixes.computeIfPresent(pattern.prefix(), (prefix, candidates) -> {
                    candidates.remove(audience.patternNumber);
                    return candidates.isEmpty() ? null : candidates;
                });
                return prefixes.isEmpty() ? null : prefixes;
            });
        }
    }

    /**
     * Returns the audiences that select the topic by a pattern, ordered by number, which must be greater than
     * {@code after}.
     */
    Collection<Audience> find(Topic topic, long after) {
        NavigableMap<Long, Audience> found = new TreeMap<>();
        byForm.forEach((form, prefixes) -> {
            String text = form.convert(topic.name());
            var next = text == null ? null : prefixes.floorEntry(text);
            while (text != null && next != null) {
                int prefixLength = commonPrefixLength(next.getKey(), text);
                if (prefixLength == next.getKey().length()) {
                    collect(next.getValue().tailMap(after, false).values(), topic, found);
                    next = prefixes.lowerEntry(next.getKey());
                } else {
                    // Any longer prefix of the text sorts after this key, and was found before.
                    next = prefixes.floorEntry(text.substring(0, prefixLength));
                }
            }
        });
        return found.values();
    }

    private static void collect(Collection<Candidate> candidates, Topic topic, Map<Long, Audience> found) {
        for (Candidate candidate : candidates) {
            if (!found.containsKey(candidate.audience.patternNumber) && matches(candidate.patterns, topic.name())) {
                found.put(candidate.audience.patternNumber, candidate.audience);
            }
        }
    }

    private static boolean matches(List<TopicSelector> patterns, String topic) {
        for (TopicSelector pattern : patterns) {
            if (pattern.matches(topic)) {
                return true;
            }
        }
        return false;
    }

    /** Returns the length of the common prefix of two texts. */
    private static int commonPrefixLength(String first, String second) {
        int maxLength = Math.min(first.length(), second.length());
        int length = 0;
        while (length < maxLength && first.charAt(length) == second.charAt(length)) {
            length++;
        }
        return length;
    }
}
