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
 * A client that follows the standard: it reads a part of a connection, stores the last event id, and resumes from it.
 * Resume tests call the hub only here.
 */
final class ResumingClient {

    private final ThreadlessHub hub;
    private final TopicSelection selection;
    private final boolean takesBlocksWithoutData;
    private final List<Received> received = new ArrayList<>();
    private RecordingConnection connection = new RecordingConnection();
    private String lastEventId = "";

    @Nullable
    EventId promisedAfter; // the first id that it received: it must receive every later event

    ResumingClient(ThreadlessHub hub, TopicSelection selection, boolean takesBlocksWithoutData) {
        this.hub = hub;
        this.selection = selection;
        this.takesBlocksWithoutData = takesBlocksWithoutData;
    }

    /** Starts with an id that another client received. */
    void startAfter(EventId id) {
        lastEventId = id.toString();
        promisedAfter = id;
    }

    /** Uses an id of another epoch from now on. */
    void forget() {
        lastEventId = "#other-3";
    }

    /**
     * The events that the window can replay now.
     *
     * @param all whether these are all events that the client has not seen
     * @param oldest the offset before the oldest retained event that the client cannot have seen
     */
    record Servable(boolean all, long oldest) {}

    /** Connects, and accepts this many writes before it stops reading. */
    Servable connect(int writes) {
        connection = new RecordingConnection().accept(writes);
        EventId asked = EventId.parse(lastEventId);
        boolean known = asked != null && asked.epoch().equals("e");
        long after = known ? asked.offset() : 0;
        boolean all = lastEventId.isEmpty() || (known && hub.log.floor(selection, after) <= after);
        List<LogEntry> retained = hub.log.read(selection, after, hub.log.head(), Integer.MAX_VALUE);
        Servable servable = new Servable(
                all, retained.isEmpty() ? hub.log.head() : retained.get(0).offset() - 1);
        SubscribeRequest arrival = new SubscribeRequest(
                StartPosition.after(lastEventId.isEmpty() ? null : lastEventId),
                takesBlocksWithoutData,
                false,
                null,
                StreamFormat.PLAIN);
        hub.hub.subscribe(selection, arrival, connection, connection);
        return servable;
    }

    void reads(int writes) {
        if (connection.isOpened() && !connection.isEnded()) {
            connection.read(writes);
        }
    }

    /** Returns the bytes written to this connection. */
    byte[] written() {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        connection.batches.forEach(batch -> all.writeBytes(batch.bytes()));
        return all.toByteArray();
    }

    /**
     * Cuts the connection after this many bytes.
     *
     * @return the events of this connection
     */
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
        if (connection.isOpened()) {
            connection.fail(null);
        }
        return stream.events();
    }

    /** Returns the events of all connections. */
    List<Received> received() {
        return received;
    }
}
