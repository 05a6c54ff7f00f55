package dev.courant.hub;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.courant.event.EventId;
import dev.courant.event.EventStream.Received;
import dev.courant.event.Selection;
import dev.courant.event.Topic;
import dev.courant.log.Window;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever the order of things: who follows topics gets all of theirs after its cursor, in order, or is ended. */
class DeliveryModelTest {

    private static final String[] TOPICS = {"a", "b", "c"};
    private static final int STEPS = 4_000;

    private record Published(EventId id, String topic, String data) {}

    private record Client(RecordingConnection connection, Set<String> topics, long cursor) {}

    private final List<Published> published = new ArrayList<>();
    private final List<Client> clients = new ArrayList<>();
    private int resumed;
    private int complete;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16})
    void everyoneGetsAllThatIsTheirsInOrderOrIsEnded(long seed) {
        Random random = new Random(seed);
        int window = 2 + random.nextInt(40);
        StillHub hub = new StillHub(new Window(window, 1 << 20, Duration.ofHours(1)), 2);
        clients.add(newClient(hub, random));
        for (int step = 0; step < STEPS; step++) {
            switch (random.nextInt(12)) {
                case 0 -> clients.add(newClient(hub, random));
                case 1, 2 -> any(random).connection.takes(random.nextInt(3));
                case 3, 4 -> reads(any(random), random);
                case 5 -> breaks(any(random), random);
                case 6, 7, 8 -> hub.turn(hub.dispatchers.get(random.nextInt(2)));
                case 9 -> publish(hub, TOPICS[Math.min(random.nextInt(9), 2)]); // c is busy, the others are quiet
                default -> hub.turn();
            }
        }
        hub.turn();
        for (Client client : clients) {
            reads(client, null);
        }
        hub.turn();

        clients.forEach(this::check);
        assertTrue(resumed > 10, "some resumed");
        assertTrue(complete > 0, "some stayed to the end");
    }

    private void check(Client client) {
        List<Received> due = published.stream()
                .filter(event -> event.id.offset() > client.cursor && client.topics.contains(event.topic))
                .map(event -> new Received(event.id.toString(), "message", event.data))
                .toList();
        List<Received> got = new ArrayList<>(client.connection.received().events());
        got.removeIf(event -> event.type().equals("gap"));
        if (client.connection.over()) {
            assertEquals(1, client.connection.ends.size());
            assertEquals(1, client.connection.closed);
            if (client.connection.ends.get(0) != null) {
                assertInstanceOf(SlowClientException.class, client.connection.ends.get(0));
            }
            assertTrue(got.size() <= due.size(), "no more than there was");
            assertEquals(due.subList(0, got.size()), got);
        } else {
            complete++;
            assertEquals(due, got);
        }
    }

    private Client newClient(StillHub hub, Random random) {
        Set<String> topics = switch (random.nextInt(4)) {
            case 0 -> Set.of("a", "b");
            case 1 -> Set.of("a", "c");
            default -> Set.of(TOPICS[random.nextInt(3)]);
        };
        RecordingConnection connection = new RecordingConnection().takes(random.nextInt(4));
        long asked = Math.max(0, published.size() - random.nextInt(25));
        boolean resumes = random.nextInt(3) > 0 && hub.log.floor(asTopics(topics), 0) <= asked;
        hub.subscribe(connection, resumes ? "#e-" + asked : null, topics.toArray(String[]::new));
        resumed += resumes ? 1 : 0;
        return new Client(connection, topics, resumes ? asked : published.size());
    }

    private static Selection asTopics(Set<String> names) {
        return Selection.of(names.stream().map(Topic::new).collect(Collectors.toSet()));
    }

    private void publish(StillHub hub, String topic) {
        String data = topic + published.size();
        published.add(new Published(hub.store(topic, data), topic, data));
    }

    private void reads(Client client, Random random) {
        if (client.connection.opened() && !client.connection.over()) {
            client.connection.reads(
                    random == null || random.nextInt(4) > 0 ? Integer.MAX_VALUE : random.nextInt(4) + 1);
        }
    }

    private void breaks(Client client, Random random) {
        if (client.connection.opened() && random.nextInt(20) == 0) {
            client.connection.breaks(null);
        }
    }

    private Client any(Random random) {
        return clients.get(random.nextInt(clients.size()));
    }
}
