package dev.courant.support;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;

/**
 * A publisher that sends one event at a time, and continues after the server has restarted. Every second event has an
 * idempotency key, and is published again until it is acknowledged.
 */
public final class PersistentPublisher implements AutoCloseable {

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI topic;
    private final String name;
    private final ServerAvailability availability;
    private final Map<String, String> acknowledged = new ConcurrentHashMap<>(); // ids by data
    private final Thread thread;
    private final Semaphore acknowledgements;
    private volatile boolean closed;

    /** @param acknowledgements receives a permit for each acknowledged event */
    public PersistentPublisher(URI topic, String name, ServerAvailability availability, Semaphore acknowledgements) {
        this.acknowledgements = acknowledgements;
        this.topic = topic;
        this.name = name;
        this.availability = availability;
        thread = Executors.defaultThreadFactory().newThread(this::publish);
        thread.setDaemon(true);
        thread.start();
    }

    public Map<String, String> acknowledged() {
        return acknowledged;
    }

    private void publish() {
        try {
            for (int i = 0; !closed; i++) {
                boolean keyed = i % 2 == 0;
                String data = name + '-' + i;
                while (!post(data, keyed) && keyed && !closed) {
                    // Publish again with the same key.
                }
            }
        } catch (InterruptedException closing) {
            // close() was called.
        }
    }

    private boolean post(String data, boolean keyed) throws InterruptedException {
        availability.await();
        HttpRequest.Builder request =
                HttpRequest.newBuilder(topic).timeout(HttpEventStream.DEADLINE).POST(BodyPublishers.ofString(data));
        if (keyed) {
            request.header("Idempotency-Key", data);
        }
        try {
            HttpResponse<String> answer = client.send(request.build(), BodyHandlers.ofString());
            if (answer.statusCode() == 201) {
                acknowledged.put(data, answer.body());
                acknowledgements.release();
                return true;
            }
        } catch (IOException notAcknowledged) {
            // The event may be stored nevertheless.
        }
        return false;
    }

    @Override
    public void close() throws InterruptedException {
        closed = true;
        thread.join(HttpEventStream.DEADLINE.toMillis());
    }
}
