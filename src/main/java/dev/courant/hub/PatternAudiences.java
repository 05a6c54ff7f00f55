package dev.courant.hub;

import dev.courant.event.Topic;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * The audiences that choose topics by patterns. Which of them listen to a topic is remembered for the topics that were
 * used last, so that an event costs its patterns once for each topic and not once for each event. Used by its
 * dispatcher's thread alone.
 */
final class PatternAudiences {

    /** Topics remembered, at the most. */
    private static final int MOST = 4096;

    private final NavigableMap<Long, Audience> inOrder = new TreeMap<>(); // of their opening
    private final Map<Topic, Listening> recent = new LinkedHashMap<>(16, 0.75f, true) {

        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Topic, Listening> eldest) {
            return size() > MOST;
        }
    };
    private long opened;
    private long closed; // how many were

    void add(Audience audience) {
        audience.number = ++opened;
        inOrder.put(audience.number, audience);
    }

    void remove(Audience audience) {
        inOrder.remove(audience.number);
        closed++;
        if (inOrder.isEmpty()) {
            recent.clear();
        }
    }

    /** Not to be kept: it is the memory's own. */
    List<Audience> listening(Topic topic) {
        if (inOrder.isEmpty()) {
            return List.of();
        }
        Listening listening = recent.computeIfAbsent(topic, key -> new Listening());
        if (listening.closed != closed) {
            listening.audiences.removeIf(audience -> !inOrder.containsKey(audience.number));
            listening.closed = closed;
        }
        if (listening.opened != opened) {
            for (Audience later : inOrder.tailMap(listening.opened, false).values()) {
                if (later.selection.choosesByPattern(topic)) {
                    listening.audiences.add(later);
                }
            }
            listening.opened = opened;
        }
        return listening.audiences;
    }

    /** Of one topic, as it was when so many had been opened and closed. */
    private static final class Listening {

        private final List<Audience> audiences = new ArrayList<>();
        private long opened;
        private long closed;
    }
}
