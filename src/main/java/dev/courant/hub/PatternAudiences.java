package dev.courant.hub;

import dev.courant.event.Topic;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The audiences that choose topics by patterns. Which of them listen to a topic is remembered for the topics that were
 * used last, so that an event costs its patterns once for each topic and not once for each event. Used by its
 * dispatcher's thread alone.
 */
final class PatternAudiences {

    /** Topics remembered, at the most. */
    static final int MOST_TOPICS = 4096;

    /** Audiences remembered, each as often as it listens to a topic; but one topic may have more alone. */
    static final int MOST_LISTENERS = 1 << 20;

    /** So many closed ones may be remembered, or as many as are open, before all are looked for. */
    static final int MOST_CLOSED = 1024;

    private final PatternIndex index = new PatternIndex();
    private final Map<Topic, Listening> recent = new LinkedHashMap<>(16, 0.75f, true); // the one used last comes last
    private long opened; // how many were; the number of the newest
    private long closed; // how many were
    private long sweptAt; // how many had been closed when all of them were dropped last
    private int remembered;

    void add(Audience audience) {
        audience.number = ++opened;
        index.add(audience);
    }

    void remove(Audience audience) {
        index.remove(audience);
        audience.number = 0;
        closed++;
        if (closed == opened) {
            recent.clear();
            remembered = 0;
        } else if (closed - sweptAt > Math.max(MOST_CLOSED, opened - closed)) {
            sweptAt = closed;
            recent.values().forEach(this::dropClosed);
        }
    }

    /** Not to be kept: it is the memory's own. */
    List<Audience> listening(Topic topic) {
        if (closed == opened) {
            return List.of();
        }
        Listening listening = recent.computeIfAbsent(topic, key -> new Listening());
        dropClosed(listening);
        if (listening.opened != opened) {
            Collection<Audience> later = index.find(topic, listening.opened);
            listening.audiences.addAll(later);
            remembered += later.size();
            listening.opened = opened;
            forgetOld();
        }
        return listening.audiences;
    }

    /** How many audiences are remembered, each as often as it listens to a topic. */
    int remembered() {
        return remembered;
    }

    private void dropClosed(Listening listening) {
        if (listening.closed != closed) {
            remembered -= listening.audiences.size();
            listening.audiences.removeIf(audience -> audience.number == 0);
            remembered += listening.audiences.size();
            listening.closed = closed;
        }
    }

    /** But never the topic that was used last. */
    private void forgetOld() {
        Iterator<Listening> oldest = recent.values().iterator();
        for (int topics = recent.size();
                topics > 1 && (topics > MOST_TOPICS || remembered > MOST_LISTENERS);
                topics--) {
            remembered -= oldest.next().audiences.size();
            oldest.remove();
        }
    }

    /** Of one topic, as it was when so many had been opened and closed. */
    private static final class Listening {

        private final List<Audience> audiences = new ArrayList<>();
        private long opened;
        private long closed;
    }
}
