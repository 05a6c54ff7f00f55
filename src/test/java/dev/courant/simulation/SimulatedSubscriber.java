package dev.courant.simulation;

import static dev.courant.simulation.BrokenRuleException.require;

import dev.courant.event.EventStreamParser;
import dev.courant.event.RandomTopics;
import dev.courant.event.TopicSelection;
import dev.courant.hub.StartPosition;
import dev.courant.hub.StreamFormat;
import dev.courant.hub.SubscribeRequest;
import dev.courant.log.LogUnavailableException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** A client that follows the rules of EventSource: it stores the last event id, reconnects, and resumes after it. */
final class SimulatedSubscriber {

    private enum Pace {
        /** Reads as soon as there are bytes. */
        FAST,
        /** Reads a few bytes in each READ step. */
        SLOW,
        /** Reads nothing. */
        STALLED
    }

    private final World world;
    private final String name;
    private TopicSelection selection;
    private Pace pace = Pace.FAST;
    private String lastEventId;
    private long reconnectAt;
    private int seen; // events of the stream that are checked
    private @Nullable SimulatedConnection connection;
    private @Nullable EventStreamParser stream;
    private @Nullable DeliveryCheck check;

    SimulatedSubscriber(World world, String name, Random random) {
        this.world = world;
        this.name = name;
        selection = RandomTopics.selection(random);
        lastEventId = random.nextInt(6) == 0 ? "earliest" : "";
    }

    /** Returns the tasks of this client that are ready. */
    List<Runnable> tasks() {
        List<Runnable> tasks = new ArrayList<>();
        if (connection == null && world.clock.elapsed() >= reconnectAt && world.server != null) {
            tasks.add(this::connect);
        } else if (connection != null && connection.isAtEnd()) {
            tasks.add(this::onEndOfStream);
        } else if (connection != null && pace == Pace.FAST && connection.available() > 0) {
            tasks.add(() -> read(connection.available()));
        }
        return tasks;
    }

    private void connect() {
        SimulatedServer server = world.server;
        Random random = world.random();
        reconnectAt = world.clock.elapsed() + 1_000_000_000L;
        int capacity = random.nextInt(40) == 0 && !world.isCalm()
                ? 0
                : random.nextInt(3) == 0 ? 1 + random.nextInt(600) : 1 << 20;
        try {
            DeliveryCheck newCheck = new DeliveryCheck(world, server.log, selection, lastEventId);
            SimulatedConnection opened = new SimulatedConnection(world, server, capacity);
            SubscribeRequest request = new SubscribeRequest(
                    StartPosition.after(lastEventId.isEmpty() ? null : lastEventId),
                    true,
                    random.nextBoolean(),
                    null,
                    StreamFormat.PLAIN);
            world.trace("%s connects after '%s' to %s", name, lastEventId, selection);
            try {
                server.hub.subscribe(selection, request, opened, opened);
            } catch (LogUnavailableException unavailable) {
                server.connections.remove(opened);
                throw unavailable;
            }
            newCheck.begin();
            connection = opened;
            check = newCheck;
            stream = new EventStreamParser(lastEventId);
            seen = 0;
        } catch (LogUnavailableException unavailable) {
            world.trace("%s is refused: %s", name, unavailable.getMessage());
        }
    }

    private void onEndOfStream() {
        world.trace("%s is disconnected", name);
        forgetConnection();
    }

    private void forgetConnection() {
        connection = null;
        check = null;
        stream = null;
        reconnectAt = world.clock.elapsed() + 1_000_000_000L;
    }

    /** Reads at most this many bytes, and checks the blocks that they complete. */
    void read(int max) {
        if (connection == null) {
            return;
        }
        byte[] bytes = connection.read(max);
        for (int i = 0; i < bytes.length; i++) {
            stream.read(bytes, i, i + 1);
            if (bytes[i] == '\n') {
                checkNewBlocks();
            }
        }
    }

    private void checkNewBlocks() {
        String id = stream.lastEventId();
        if (stream.events().size() > seen) {
            EventStreamParser.Received event = stream.events().get(seen++);
            if (event.type().equals("heartbeat")) {
                checkId(id);
            } else {
                world.trace("%s receives %s", name, event);
                check.receive(event);
                lastEventId = id;
            }
        } else {
            checkId(id);
        }
    }

    private void checkId(String id) {
        if (!id.equals(lastEventId)) {
            world.trace("%s receives id %s", name, id);
            check.receiveId(id);
            lastEventId = id;
        }
    }

    // ---- steps ----

    void changePace(Random random) {
        pace = Pace.values()[random.nextInt(Pace.values().length)];
        world.trace("%s is %s", name, pace);
        if (connection != null && random.nextInt(4) == 0) {
            connection.signalAgain();
        }
    }

    /** Ends the connection, and with it the bytes that the client has not read. */
    void disconnect(boolean notified) {
        if (connection != null) {
            world.trace("%s disconnects %s", name, notified ? "" : "silently");
            connection.disconnect(notified);
            forgetConnection();
        }
    }

    /** Reconnects with another selection and the last event id. */
    void move(Random random) {
        disconnect(true);
        selection = RandomTopics.selection(random);
        world.trace("%s selects %s", name, selection);
    }

    /** Notices that the process has ended. */
    void onServerEnd() {
        if (connection != null) {
            forgetConnection();
        }
    }

    /** Reads everything from now on. */
    void recover() {
        pace = Pace.FAST;
        if (connection != null) {
            connection.recover();
        }
    }

    // ---- checks ----

    /** Verifies that the client has received everything if it reads. Called while no task is ready. */
    void checkUpToDate() {
        if (connection != null && pace == Pace.FAST && connection.isWritable()) {
            require(check.due().isEmpty(), Rule.CATCHES_UP, "%s has not received %s", name, check.due());
        }
    }

    /** Returns whether the client is connected and has received everything. */
    boolean isCaughtUp() {
        return connection != null && check.hasPosition() && check.due().isEmpty();
    }

    @Override
    public String toString() {
        return name + " after '" + lastEventId + "'";
    }
}
