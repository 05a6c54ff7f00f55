package dev.courant.hub;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.courant.event.NoTopics;
import dev.courant.event.PrefixSelector;
import dev.courant.event.Topic;
import dev.courant.event.TopicSelection;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AudienceRegistryTest {

    private static final Topic A = new Topic("a");
    private static final Topic B = new Topic("b");

    private final ThreadlessHub hub = new ThreadlessHub();
    private final AudienceRegistry audiences = new AudienceRegistry(hub.log, new ReplayCache());

    @Test
    void sharesAnAudienceBetweenEqualSelections() {
        Subscription one = join(A, B);
        Subscription two = join(B, A);
        Subscription other = join(A);

        assertSame(one.audience, two.audience);
        assertNotSame(one.audience, other.audience);
        assertEquals(Set.of(one.audience, other.audience), Set.copyOf(audiences.findByName(A)));
        assertEquals(List.of(one.audience), audiences.findByName(B));
    }

    @Test
    void removesAnAudienceWithItsLastSubscription() {
        List<Subscription> all = List.of(join(A, B), join(A, B), join(A, B), join(A));
        audiences.leave(all.get(0));
        audiences.leave(all.get(2));
        assertEquals(List.of(all.get(1)), all.get(1).audience.subscriptions);

        audiences.leave(all.get(1));
        assertEquals(List.of(all.get(3).audience), audiences.findByName(A));
        assertEquals(List.of(), audiences.findByName(B));

        audiences.leave(all.get(3));
        assertEquals(0, audiences.audiences().size());
        assertEquals(List.of(), audiences.findByName(A));
    }

    @Test
    void separatesSubscribersWithDifferentRights() {
        Subscription anonymous = join(new TopicSelection(Set.of(A), Set.of(), new NoTopics()));
        Subscription reader = join(new TopicSelection(Set.of(A), Set.of(), new PrefixSelector("a")));
        Subscription another = join(new TopicSelection(Set.of(A), Set.of(), new PrefixSelector("a")));

        assertNotSame(anonymous.audience, reader.audience);
        assertSame(reader.audience, another.audience);
    }

    @Test
    void findsAudiencesWithPatternsUntilTheyLeave() {
        Subscription goes = join(new TopicSelection(Set.of(B), Set.of(new PrefixSelector("a")), new NoTopics()));
        Subscription stays = join(new TopicSelection(Set.of(), Set.of(new PrefixSelector("")), new NoTopics()));
        assertEquals(List.of(goes.audience, stays.audience), audiences.findByPattern(A));
        assertEquals(List.of(goes.audience), audiences.findByName(B));

        audiences.leave(goes);
        assertEquals(List.of(stays.audience), audiences.findByPattern(A));
        assertEquals(List.of(), audiences.findByName(B));
    }

    private Subscription join(Topic... topics) {
        return join(TopicSelection.of(Set.of(topics)));
    }

    private Subscription join(TopicSelection selection) {
        RecordingConnection connection = new RecordingConnection();
        Subscription subscription = hub.hub.subscribe(selection, SubscribeRequest.NEW, connection, connection);
        audiences.join(subscription, 0);
        return subscription;
    }
}
