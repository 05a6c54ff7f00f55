package dev.courant.it.sse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.courant.event.Event;
import dev.courant.event.EventFrame;
import dev.courant.event.Topic;
import dev.courant.event.TopicSelection;
import dev.courant.hub.Batch;
import dev.courant.hub.Connection;
import dev.courant.hub.Hub;
import dev.courant.hub.SubscribeRequest;
import dev.courant.support.TestDeadline;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseBroadcaster;
import java.io.File;
import java.io.StringReader;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Tests the beans of the WAR inside the server, as another bean of the application uses them. */
@Tag("server")
@ExtendWith(ArquillianExtension.class)
class NumbersIT {

    @Deployment
    static WebArchive war() {
        return ShrinkWrap.createFromZipFile(WebArchive.class, new File(System.getProperty("courant.war")))
                .addClasses(TestDeadline.class, EventFrame.class);
    }

    @Inject
    private Hub hub;

    @Inject
    @Named("numbers")
    private SseBroadcaster numbers;

    @Inject
    @Named("courant")
    private Sse sse;

    @Test
    void deliversNumbersWithBothMembersInOrder() throws Exception {
        QueueConnection recording = new QueueConnection();
        hub.subscribe(TopicSelection.of(Set.of(new Topic("numbers"))), SubscribeRequest.NEW, recording, cause -> {});

        JsonObject first = json(recording.next().data());
        JsonObject second = json(recording.next().data());

        assertEquals(List.of("timestamp", "value"), List.copyOf(first.keySet()));
        assertTrue(first.getJsonNumber("timestamp").longValueExact()
                < second.getJsonNumber("timestamp").longValueExact());
        double value = first.getJsonNumber("value").doubleValue();
        assertTrue(value >= 0 && value < 1, () -> "value " + value);
        recording.close();
    }

    @Test
    void publishesToATopicFromAnyBean() throws Exception {
        Topic topic = new Topic("in-container/publish");
        QueueConnection recording = new QueueConnection();
        hub.subscribe(TopicSelection.of(Set.of(topic)), SubscribeRequest.NEW, recording, cause -> {});

        hub.publish(Event.message(topic, "from a bean"));

        assertEquals("from a bean", recording.next().data());
        recording.close();
    }

    @Test
    void broadcastsEventsOfTheStandardBuilder() throws Exception {
        QueueConnection recording = new QueueConnection();
        hub.subscribe(TopicSelection.of(Set.of(new Topic("numbers"))), SubscribeRequest.NEW, recording, cause -> {});

        numbers.broadcast(sse.newEventBuilder()
                        .name("in-container")
                        .mediaType(MediaType.APPLICATION_JSON_TYPE)
                        .data(Map.of("a", 1))
                        .build())
                .toCompletableFuture()
                .get(TestDeadline.SECONDS, TimeUnit.SECONDS);

        EventFrame event = recording.next();
        while (event.type() == null) {
            event = recording.next();
        }
        assertEquals("in-container", event.type());
        assertEquals("{\"a\":1}", event.data());
        recording.close();
    }

    @Test
    void notifiesTheListenerWhenAConnectionEnds() throws Exception {
        QueueConnection recording = new QueueConnection();
        BlockingQueue<String> told = new LinkedBlockingQueue<>();
        hub.subscribe(
                        TopicSelection.of(Set.of(new Topic("in-container/end"))),
                        SubscribeRequest.NEW,
                        recording,
                        cause -> told.add("ended"))
                .close();

        assertEquals("ended", told.poll(TestDeadline.SECONDS, TimeUnit.SECONDS));
        assertFalse(recording.open);
    }

    private static JsonObject json(String text) {
        return Json.createReader(new StringReader(text)).readObject();
    }

    /** A connection that writes into a queue. */
    private static final class QueueConnection implements Connection {

        private final BlockingQueue<EventFrame> events = new LinkedBlockingQueue<>();
        private volatile boolean open = true;
        private volatile Listener listener;

        EventFrame next() throws InterruptedException {
            EventFrame event = events.poll(TestDeadline.SECONDS, TimeUnit.SECONDS);
            if (event == null) {
                throw new AssertionError("nothing came in time");
            }
            return event;
        }

        @Override
        public void open(Listener listener) {
            this.listener = listener;
            listener.onWritable();
        }

        @Override
        public boolean write(Batch batch) {
            batch.entries().forEach(entry -> events.add(EventFrame.read(entry.frame())));
            return true;
        }

        @Override
        public void close() {
            if (open) {
                open = false;
                listener.onClosed(null);
            }
        }
    }
}
