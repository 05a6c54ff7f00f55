package dev.courant.it.journal;

import dev.courant.support.HttpEventStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** A thread that publishes one event after the other without a pause, until the server rejects one. */
public final class PublishLoop {

    private static final int FIRST_EVENTS = 50;

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final List<String> stored = Collections.synchronizedList(new ArrayList<>());
    private final CountDownLatch first = new CountDownLatch(FIRST_EVENTS);
    private final Thread thread;

    public PublishLoop(URI topic) {
        thread = Executors.defaultThreadFactory().newThread(() -> publish(topic));
        thread.setDaemon(true);
        thread.start();
    }

    /** Waits until the server has stored the first 50 events. */
    public void awaitFirst() throws InterruptedException {
        if (!first.await(HttpEventStream.DEADLINE.toSeconds(), TimeUnit.SECONDS)) {
            throw new AssertionError("only " + stored.size() + " events were stored in time");
        }
    }

    /** Waits until the server rejects an event, and returns the data of all acknowledged events. */
    public List<String> stored() throws InterruptedException {
        thread.join(HttpEventStream.DEADLINE.toMillis());
        if (thread.isAlive()) {
            throw new AssertionError("the server did not reject publishing in time");
        }
        return List.copyOf(stored);
    }

    private void publish(URI topic) {
        try {
            String data = "event 0";
            while (post(client, topic, data) == 201) {
                stored.add(data);
                first.countDown();
                data = "event " + stored.size();
            }
        } catch (IOException | InterruptedException noResponse) {
            // Without a response, the event is not acknowledged.
        }
    }

    public static int post(HttpClient client, URI topic, String data) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(topic)
                .timeout(HttpEventStream.DEADLINE)
                .POST(BodyPublishers.ofString(data))
                .build();
        return client.send(request, BodyHandlers.discarding()).statusCode();
    }
}
