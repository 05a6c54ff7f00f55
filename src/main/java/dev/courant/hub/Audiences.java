package dev.courant.hub;

import dev.courant.event.Topic;
import dev.courant.log.EventLog;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The audiences of one dispatcher, each there as long as somebody is in it. Used by the dispatcher's thread alone. */
final class Audiences {

    private final EventLog log;
    private final Replays replays;
    private final Map<Set<Topic>, Audience> byTopics = new HashMap<>();
    private final Map<Topic, List<Audience>> byTopic = new HashMap<>();

    Audiences(EventLog log, Replays replays) {
        this.log = log;
        this.replays = replays;
    }

    Collection<Audience> all() {
        return byTopics.values();
    }

    List<Audience> listening(Topic topic) {
        return byTopic.getOrDefault(topic, List.of());
    }

    /** @param tailed up to where the dispatcher has handed out the log */
    void join(Subscription subscription, long tailed) {
        Audience audience = byTopics.computeIfAbsent(subscription.topics, topics -> open(topics, tailed));
        subscription.audience = audience;
        subscription.indexInAudience = audience.subscriptions.size();
        audience.subscriptions.add(subscription);
    }

    void leave(Subscription subscription) {
        Audience audience = subscription.audience;
        Subscription last = audience.subscriptions.remove(audience.subscriptions.size() - 1);
        if (last != subscription) {
            audience.subscriptions.set(subscription.indexInAudience, last);
            last.indexInAudience = subscription.indexInAudience;
        }
        if (audience.subscriptions.isEmpty()) {
            close(audience);
        }
    }

    private Audience open(Set<Topic> topics, long tailed) {
        Audience audience = new Audience(topics, log, replays, tailed);
        for (Topic topic : topics) {
            byTopic.computeIfAbsent(topic, key -> new ArrayList<>()).add(audience);
        }
        return audience;
    }

    private void close(Audience audience) {
        byTopics.remove(audience.topics);
        for (Topic topic : audience.topics) {
            byTopic.computeIfPresent(topic, (key, listening) -> {
                listening.remove(audience);
                return listening.isEmpty() ? null : listening;
            });
        }
    }
}
