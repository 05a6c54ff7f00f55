package dev.courant.hub;

import dev.courant.event.Topic;
import dev.courant.event.TopicSelection;
import dev.courant.log.EventLog;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The audiences of one dispatcher. An audience is created for its first subscription and removed with its last. Not
 * thread-safe; used by the dispatcher thread only.
 */
final class AudienceRegistry {

    private final EventLog log;
    private final ReplayCache replays;
    private final Map<AudienceKey, Audience> byKey = new HashMap<>();
    private final Map<Topic, List<Audience>> byTopic = new HashMap<>();
    private final PatternAudiences byPattern = new PatternAudiences();
    private final EnvelopeCache envelopes = new EnvelopeCache();

    AudienceRegistry(EventLog log, ReplayCache replays) {
        this.log = log;
        this.replays = replays;
    }

    Collection<Audience> audiences() {
        return byKey.values();
    }

    /** Discards all batches and envelopes, because their memory is not within the bounds of the log. */
    void discardCached() {
        envelopes.clear();
        byKey.values().forEach(Audience::discardBatch);
    }

    /** Returns the audiences that select the topic by name. */
    List<Audience> findByName(Topic topic) {
        return byTopic.getOrDefault(topic, List.of());
    }

    /** Returns the audiences that select the topic by a pattern; some of them may also select it by name. */
    List<Audience> findByPattern(Topic topic) {
        return byPattern.find(topic);
    }

    /**
     * Adds a subscription to the audience with its selection and format.
     *
     * @param tailOffset see {@link LogTail#offset}
     */
    void join(Subscription subscription, long tailOffset) {
        AudienceKey wanted = new AudienceKey(subscription.selection, subscription.format);
        Audience audience = byKey.computeIfAbsent(wanted, key -> open(key, tailOffset));
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

    private Audience open(AudienceKey opened, long tailOffset) {
        TopicSelection selection = opened.selection;
        Audience audience = new Audience(
                selection, opened.format == StreamFormat.JSON ? envelopes : null, log, replays, tailOffset);
        for (Topic topic : selection.topics()) {
            byTopic.computeIfAbsent(topic, key -> new ArrayList<>()).add(audience);
        }
        if (!selection.isExact()) {
            byPattern.add(audience);
        }
        return audience;
    }

    private void close(Audience audience) {
        byKey.remove(new AudienceKey(audience.selection, audience.format()));
        for (Topic topic : audience.selection.topics()) {
            byTopic.computeIfPresent(topic, (key, audiences) -> {
                audiences.remove(audience);
                return audiences.isEmpty() ? null : audiences;
            });
        }
        if (!audience.selection.isExact()) {
            byPattern.remove(audience);
        }
    }

    private record AudienceKey(TopicSelection selection, StreamFormat format) {}
}
