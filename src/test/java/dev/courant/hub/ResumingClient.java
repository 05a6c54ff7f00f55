package dev.courant.hub;

import dev.courant.event.EventId;
import dev.courant.event.EventStreamParser;
import dev.courant.event.EventStreamParser.Received;
import dev.courant.event.TopicSelection;
import dev.courant.log.LogEntry;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A client as the standard has it: it reads as much of a connection as it is let, remembers its last event id, and comes
 * back with it. The one place where the tests of resuming call the hub.
 */
final class ResumingClient {

    private final ThreadlessHub hub;
    private final TopicSelection selection;
    private final boolean takesBlocksWithoutData;
    private final List<Received> received = new ArrayList<>();
    private RecordingConnection connection = new RecordingConnection();
    private String lastEventId = "";

    @Nullable
    EventId promisedAfter; // the first id it got to know: from there on it has to get everything

    ResumingClient(ThreadlessHub hub, TopicSelection selection, boolean takesBlocksWithoutData) {
        this.hub = hub;
        this.selection = selection;
        this.takesBlocksWithoutData = takesBlocksWithoutData;
    }

    /** As one that was told this id by someone else. */
    void startAfter(EventId id) {
        lastEventId = id.toString();
        promisedAfter = id;
    }

    /** Names an id of another life of the log from now on. */
    void forget() {
        lastEventId = "#other-3";
    }

    /**
     * What the window can serve, as it stands.
     *
     * @param all whether it is everything that the client has not seen
     * @param oldest the offset before the oldest retained event that the client cannot have seen
     */
    record Servable(boolean all, long oldest) {}

    /** Takes so many writes until it is told to read. */
    Servable connect(int writes) {
        connection = new RecordingConnection().takes(writes);
        EventId asked = EventId.parse(lastEventId);
        boolean known = asked != null && asked.epoch().equals("e");
        long after = known ? asked.offset() : 0;
        boolean all = lastEventId.isEmpty() || (known && hub.log.floor(selection, after) <= after);
        List<LogEntry> retained = hub.log.read(selection, after, hub.log.head(), Integer.MAX_VALUE);
        Servable servable = new Servable(
                all, retained.isEmpty() ? hub.log.head() : retained.get(0).offset() - 1);
        SubscribeRequest arrival =
                new SubscribeRequest(lastEventId.isEmpty() ? null : lastEventId, takesBlocksWithoutData, false, null);
        hub.hub.subscribe(selection, arrival, connection, connection);
        return servable;
    }

    void reads(int writes) {
        if (connection.opened() && !connection.over()) {
            connection.reads(writes);
        }
    }

    /** What was written to this connection so far. */
    byte[] written() {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        connection.batches.forEach(batch -> all.writeBytes(batch.bytes()));
        return all.toByteArray();
    }

    /** The connection is cut: so many bytes got through. @return the events of this connection */
    List<Received> cutAfter(int bytes) {
        EventStreamParser stream = new EventStreamParser(lastEventId);
        byte[] written = written();
        for (int i = 0; i < bytes; i++) {
            stream.read(written, i, i + 1);
            if (promisedAfter == null && !stream.lastEventId().isEmpty()) {
                EventId id = EventId.parse(stream.lastEventId());
                promisedAfter = stream.events().isEmpty() ? id : new EventId(id.epoch(), id.offset() - 1);
            }
        }
        lastEventId = stream.lastEventId();
        received.addAll(stream.events());
        if (connection.opened()) {
            connection.breaks(null);
        }
        return stream.events();
    }

    /** Of all its connections. */
    List<Received> received() {
        return received;
    }
}
