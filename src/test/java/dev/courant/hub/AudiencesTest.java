package dev.courant.hub;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.courant.event.Prefix;
import dev.courant.event.Selection;
import dev.courant.event.Topic;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AudiencesTest {

    private static final Topic A = new Topic("a");
    private static final Topic B = new Topic("b");

    private final StillHub hub = new StillHub();
    private final Audiences audiences = new Audiences(hub.log, new Replays());

    @Test
    void putsThoseWhoAskForTheSameIntoOne() {
        Subscription one = join(A, B);
        Subscription two = join(B, A);
        Subscription other = join(A);

        assertSame(one.audience, two.audience);
        assertNotSame(one.audience, other.audience);
        assertEquals(Set.of(one.audience, other.audience), Set.copyOf(audiences.naming(A)));
        assertEquals(List.of(one.audience), audiences.naming(B));
    }

    @Test
    void keepsNothingOfAnAudienceThatAllHaveLeft() {
        List<Subscription> all = List.of(join(A, B), join(A, B), join(A, B), join(A));
        audiences.leave(all.get(0));
        audiences.leave(all.get(2));
        assertEquals(List.of(all.get(1)), all.get(1).audience.subscriptions);

        audiences.leave(all.get(1));
        assertEquals(List.of(all.get(3).audience), audiences.naming(A));
        assertEquals(List.of(), audiences.naming(B));

        audiences.leave(all.get(3));
        assertEquals(0, audiences.all().size());
        assertEquals(List.of(), audiences.naming(A));
    }

    @Test
    void tellsThoseApartWhoMayNotReadTheSame() {
        Subscription anybody = join(new Selection(Set.of(A), Set.of(), Selection.NONE));
        Subscription reader = join(new Selection(Set.of(A), Set.of(), new Prefix("a")));
        Subscription another = join(new Selection(Set.of(A), Set.of(), new Prefix("a")));

        assertNotSame(anybody.audience, reader.audience);
        assertSame(reader.audience, another.audience);
    }

    @Test
    void findsThoseWithPatternsAsLongAsTheyAreThere() {
        Subscription goes = join(new Selection(Set.of(B), Set.of(new Prefix("a")), Selection.NONE));
        Subscription stays = join(new Selection(Set.of(), Set.of(new Prefix("")), Selection.NONE));
        assertEquals(List.of(goes.audience, stays.audience), audiences.matching(A));
        assertEquals(List.of(goes.audience), audiences.naming(B));

        audiences.leave(goes);
        assertEquals(List.of(stays.audience), audiences.matching(A));
        assertEquals(List.of(), audiences.naming(B));
    }

    private Subscription join(Topic... topics) {
        return join(Selection.of(Set.of(topics)));
    }

    private Subscription join(Selection selection) {
        RecordingConnection connection = new RecordingConnection();
        Subscription subscription = hub.hub.subscribe(selection, Arrival.NEW, connection, connection);
        audiences.join(subscription, 0);
        return subscription;
    }
}
