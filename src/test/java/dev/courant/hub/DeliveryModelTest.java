package dev.courant.hub;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.courant.event.Event;
import dev.courant.event.EventId;
import dev.courant.event.EventStreamParser.Received;
import dev.courant.event.RandomTopics;
import dev.courant.event.Topic;
import dev.courant.event.TopicSelection;
import dev.courant.log.WindowBounds;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.StringReader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Compares the hub with a model under random orders of operations. Every client receives exactly the events that it
 * selected and may read after its cursor, in order and once, or is disconnected. If it missed evicted events before it
 * connected, it receives the retained ones after a gap event.
 */
class DeliveryModelTest {

    private static final int STEPS = 4_000;

    private record PublishedModelEvent(EventId id, Event event) {}

    /** @param all whether it was promised every event after its cursor, not only the retained ones */
    private record ModelClient(RecordingConnection connection, TopicSelection selection, long cursor, boolean all) {}

    private final List<PublishedModelEvent> published = new ArrayList<>();
    private final List<ModelClient> clients = new ArrayList<>();
    private int resumed;
    private int complete;
    private int gaps;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16})
    void everyClientReceivesItsEventsInOrderOrIsDisconnected(long seed) {
        Random random = new Random(seed);
        int window = 2 + random.nextInt(40);
        ThreadlessHub hub = new ThreadlessHub(new WindowBounds(window, 1 << 20, Duration.ofHours(1)), 2);
        clients.add(newClient(hub, random));
        for (int step = 0; step < STEPS; step++) {
            switch (random.nextInt(12)) {
                case 0 -> clients.add(newClient(hub, random));
                case 1, 2 -> any(random).connection.accept(random.nextInt(3));
                case 3, 4 -> read(any(random), random);
                case 5 -> fail(any(random), random);
                case 6, 7, 8 -> hub.runTurns(hub.dispatchers.get(random.nextInt(hub.dispatchers.size())));
                case 9 -> publish(hub, random);
                default -> hub.runTurns();
            }
        }
        hub.runTurns();
        for (ModelClient client : clients) {
            read(client, null);
        }
        hub.runTurns();

        clients.forEach(this::check);
        assertTrue(resumed > 10, "some resumed");
        assertTrue(complete > 0, "some stayed to the end");
        assertTrue(gaps > 10, "some received a gap event");
    }

    private void check(ModelClient client) {
        List<Received> due = published.stream()
                .filter(each -> each.id.offset() > client.cursor)
                .filter(each -> RandomTopics.isSelected(client.selection, each.event.topics(), each.event.restricted()))
                .map(each -> new Received(each.id.toString(), "message", each.event.data()))
                .toList();
        List<Received> got = new ArrayList<>(client.connection.received().events());
        if (!client.all) {
            due = removeAnnounced(due, got);
        }
        assertTrue(got.stream().noneMatch(event -> event.type().equals("gap")), "no gap where none was due");
        if (client.connection.isEnded()) {
            assertEquals(1, client.connection.ends.size());
            assertEquals(1, client.connection.closed);
            if (client.connection.ends.get(0) != null) {
                assertInstanceOf(SlowClientException.class, client.connection.ends.get(0));
            }
            assertTrue(got.size() <= due.size(), "no more events than published");
            assertEquals(due.subList(0, got.size()), got);
        } else {
            complete++;
            assertEquals(due, got);
        }
    }

    /**
     * Removes the gap events from those received, and the announced missing events from those due, except those that
     * were received anyway.
     */
    private List<Received> removeAnnounced(List<Received> due, List<Received> got) {
        long completeAfter = 0;
        while (!got.isEmpty() && got.get(0).type().equals("gap")) {
            gaps++;
            JsonObject gap =
                    Json.createReader(new StringReader(got.remove(0).data())).readObject();
            completeAfter = EventId.parse(gap.getString("completeAfter")).offset();
        }
        long missing = completeAfter;
        return due.stream()
                .filter(event -> EventId.parse(event.id()).offset() > missing || got.contains(event))
                .toList();
    }

    private ModelClient newClient(ThreadlessHub hub, Random random) {
        TopicSelection selection = RandomTopics.selection(random);
        RecordingConnection connection = new RecordingConnection().accept(random.nextInt(4));
        long asked = Math.max(0, published.size() - random.nextInt(25));
        if (random.nextInt(3) == 0) {
            hub.subscribe(connection, null, selection);
            return new ModelClient(connection, selection, published.size(), true);
        }
        boolean known = random.nextInt(8) > 0;
        boolean all = known && hub.log.floor(selection, asked) <= asked;
        hub.subscribe(connection, known ? "#e-" + asked : "#other-" + asked, selection);
        resumed += all ? 1 : 0;
        return new ModelClient(connection, selection, known ? asked : 0, all);
    }

    /** Publishes an event, usually to one busy topic, so that the other topics retain theirs while it evicts. */
    private void publish(ThreadlessHub hub, Random random) {
        List<Topic> topics =
                random.nextInt(3) == 0 ? RandomTopics.topicsOfEvent(random) : RandomTopics.ALL.subList(0, 1);
        Event event = new Event(topics, random.nextInt(3) == 0, null, null, null, "" + published.size());
        published.add(new PublishedModelEvent(hub.store(event), event));
    }

    private void read(ModelClient client, Random random) {
        if (client.connection.isOpened() && !client.connection.isEnded()) {
            client.connection.read(random == null || random.nextInt(4) > 0 ? Integer.MAX_VALUE : random.nextInt(4) + 1);
        }
    }

    private void fail(ModelClient client, Random random) {
        if (client.connection.isOpened() && random.nextInt(20) == 0) {
            client.connection.fail(null);
        }
    }

    private ModelClient any(Random random) {
        return clients.get(random.nextInt(clients.size()));
    }
}
