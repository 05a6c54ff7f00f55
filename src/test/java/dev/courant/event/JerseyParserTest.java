package dev.courant.event;

import dev.courant.event.EventStreamParser.Received;
import jakarta.ws.rs.client.Client;
import jakarta.ws.rs.client.ClientBuilder;
import org.glassfish.jersey.media.sse.EventInput;
import org.glassfish.jersey.media.sse.InboundEvent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class JerseyParserTest {

    private static final long SEED = 1;
    private static final int EVENTS = 100_000;

    @Test
    @Timeout(300)
    void givesBackWhatWasPublished() throws Exception {
        SentEvents sent = new SentEvents(SEED, EVENTS);
        ReturnedEvents returned = new ReturnedEvents(
                sent.due().stream().map(JerseyParserTest::asJerseyHasIt).toList());
        Client client = ClientBuilder.newClient();
        try (LocalStreamServer server = new LocalStreamServer();
                EventInput input = client.target(server.serve("/sse", "text/event-stream", sent.bytes()))
                        .request()
                        .get(EventInput.class)) {
            for (InboundEvent event = input.read(); event != null; event = input.read()) {
                returned.take(received(event));
            }
        } finally {
            client.close();
        }
        returned.end();
    }

    /** Removes all spaces before a value, where the standard removes one. No encoding can preserve the others. */
    private static Received asJerseyHasIt(Received due) {
        return new Received(
                due.id(), due.type().replaceFirst("^ +", ""), due.data().replaceAll("(?dm)^ +", ""));
    }

    /** Keeps the type of an event empty if it has none, where the standard has "message". */
    private static Received received(InboundEvent event) {
        return new Received(event.getId(), event.getName() == null ? "message" : event.getName(), event.readData());
    }
}
