package dev.courant.hub;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.courant.event.AnyText;
import dev.courant.event.AnyTopics;
import dev.courant.event.Event;
import dev.courant.event.EventId;
import dev.courant.event.EventStream.Received;
import dev.courant.event.Selection;
import dev.courant.event.Sent;
import dev.courant.event.Topic;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.BeforeTry;

/** Wherever a stream is cut, and however often: with the id that its client has then, it goes on where it was. */
class ResumePropertyTest {

    private static final int ENOUGH = 1_000;

    private record Post(List<Topic> topics, boolean restricted, String data, boolean delivered) {}

    /** Posts while the client is away and while it is there, how much it reads at first and then, where it is cut off. */
    private record Visit(List<Post> before, List<Post> during, int writes, int then, int cut) {}

    private record Published(EventId id, Post post, Received due) {}

    private final List<Published> published = new ArrayList<>();

    @BeforeTry
    void nothingIsPublishedYet() {
        published.clear();
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void goesOnWithoutGapOrDuplicate(
            @ForAll("selections") Selection selection,
            @ForAll boolean takesBlocksWithoutData,
            @ForAll boolean fromTheStart,
            @ForAll("visits") List<Visit> visits) {
        StillHub hub = new StillHub(ENOUGH);
        ResumingClient client = new ResumingClient(hub, selection, takesBlocksWithoutData);
        if (fromTheStart) {
            client.startAfter(hub.log.idOf(0));
        }
        visits.forEach(visit -> visit(hub, client, visit));
        stayToTheEnd(hub, client);

        List<Received> due = client.promisedAfter == null ? List.of() : due(selection, client.promisedAfter.offset());
        assertEquals(due, client.received());
    }

    /** As above, but now the window moves on: then it is told so, before anything else, and is only then served. */
    @Property(edgeCases = EdgeCasesMode.NONE)
    void tellsOfAGapAndIsNeverSilent(
            @ForAll("selections") Selection selection,
            @ForAll boolean takesBlocksWithoutData,
            @ForAll @IntRange(min = 1, max = 12) int window,
            @ForAll("visits") List<Visit> visits) {
        StillHub hub = new StillHub(window);
        ResumingClient client = new ResumingClient(hub, selection, takesBlocksWithoutData);
        client.startAfter(hub.log.idOf(0));
        long position = 0;
        for (Visit visit : visits) {
            position = follow(selection, position, visit(hub, client, visit));
        }
        position = follow(selection, position, stayToTheEnd(hub, client));

        assertEquals(List.of(), due(selection, position), "nothing is left out at the end");
    }

    /** The events of one connection, and whether the window could serve it. */
    private record Visited(boolean servable, List<Received> events) {}

    private long follow(Selection selection, long position, Visited visited) {
        long at = position;
        for (Received event : visited.events) {
            if (event.type().equals("gap")) {
                assertFalse(visited.servable, "a gap only where there is one");
                assertEquals(event, visited.events.get(0), "before anything else");
            } else {
                assertEquals(due(selection, at).get(0), event, "the next, and no other");
            }
            at = EventId.parse(event.id()).offset();
        }
        if (!visited.servable && !visited.events.isEmpty()) {
            assertEquals("gap", visited.events.get(0).type(), "not silently");
        }
        return at;
    }

    private Visited visit(StillHub hub, ResumingClient client, Visit visit) {
        visit.before.forEach(post -> publish(hub, post));
        boolean servable = client.connect(visit.writes);
        visit.during.forEach(post -> publish(hub, post));
        hub.turn();
        client.reads(visit.then);
        hub.turn();
        int written = client.written().length;
        List<Received> events = client.cutAfter(visit.cut % (written + 1));
        hub.turn();
        return new Visited(servable, events);
    }

    private Visited stayToTheEnd(StillHub hub, ResumingClient client) {
        boolean servable = client.connect(Integer.MAX_VALUE);
        hub.turn();
        return new Visited(servable, client.cutAfter(client.written().length));
    }

    private void publish(StillHub hub, Post post) {
        EventId id = hub.store(new Event(post.topics, post.restricted, null, null, null, post.data));
        published.add(new Published(id, post, Sent.of(id, null, post.data).due()));
        if (post.delivered) {
            hub.turn();
        }
    }

    private List<Received> due(Selection selection, long after) {
        return published.stream()
                .filter(event -> event.id.offset() > after)
                .filter(event -> AnyTopics.isFor(selection, event.post.topics, event.post.restricted))
                .map(Published::due)
                .toList();
    }

    @Provide
    Arbitrary<Selection> selections() {
        return Arbitraries.randomValue(AnyTopics::selection);
    }

    @Provide
    Arbitrary<List<Visit>> visits() {
        Arbitrary<String> text =
                Arbitraries.randomValue(AnyText::piece).list().ofMaxSize(5).map(pieces -> String.join("", pieces));
        Arbitrary<List<Post>> posts = Combinators.combine(
                        Arbitraries.randomValue(AnyTopics::ofAnEvent),
                        Arbitraries.of(true, false, false),
                        text,
                        Arbitraries.of(true, false))
                .as(Post::new)
                .list()
                .ofMaxSize(6);
        Arbitrary<Integer> writes = Arbitraries.of(Integer.MAX_VALUE, Integer.MAX_VALUE, 0, 1, 2, 3);
        Arbitrary<Integer> then = Arbitraries.of(1, 2, Integer.MAX_VALUE);
        return Combinators.combine(
                        posts, posts, writes, then, Arbitraries.integers().between(0, 10_000))
                .as(Visit::new)
                .list()
                .ofMinSize(1)
                .ofMaxSize(8);
    }
}
