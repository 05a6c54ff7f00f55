package dev.courant.it.server;

import dev.courant.it.journal.PublishLoop;
import dev.courant.support.HttpEventStream;
import dev.courant.support.StalledClient;
import java.net.URI;
import java.util.List;

/**
 * The clients that are active when a server stops. One reads the numbers, one does not read, one publishes without pauses
 * and one follows its topic.
 */
public final class OpenClients implements AutoCloseable {

    private final HttpEventStream numbers;
    private final StalledClient stalled;
    private final HttpEventStream follower;
    private final PublishLoop publisher;

    /** Starts the clients, and waits until all of them are active. */
    public OpenClients(URI base) throws Exception {
        numbers = new HttpEventStream(base.resolve("sse"));
        stalled = new StalledClient(base.resolve("sse/test/stalled"));
        follower = new HttpEventStream(base.resolve("sse/test/followed"));
        follower.next("retry");
        publisher = new PublishLoop(base.resolve("sse/test/followed"));
        publisher.awaitFirst();
        numbers.next("data");
    }

    /** Waits for the end of the streams, and fails unless the follower has received every acknowledged event. */
    public void awaitEnd() throws InterruptedException {
        numbers.rest();
        List<String> stored = publisher.stored();
        List<String> received = follower.rest();
        // The last event may be stored although the publisher received no response.
        if (received.size() < stored.size()
                || !received.subList(0, stored.size()).equals(stored)) {
            throw new AssertionError(stored.size() + " events were acknowledged, " + received.size() + " received");
        }
    }

    @Override
    public void close() throws Exception {
        numbers.close();
        follower.close();
        stalled.close();
    }
}
