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
 * Publishes one event after the other, and goes on when the server is there again. Every other has a key, and is
 * published under it until that is acknowledged.
 */
public final class PersistentPublisher implements AutoCloseable {

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI topic;
    private final String name;
    private final ServerAvailability uptime;
    private final Map<String, String> acknowledged = new ConcurrentHashMap<>(); // ids by data
    private final Thread thread;
    private final Semaphore answers;
    private volatile boolean over;

    /** @param answers gets a permit for each event that was acknowledged */
    public PersistentPublisher(URI topic, String name, ServerAvailability uptime, Semaphore answers) {
        this.answers = answers;
        this.topic = topic;
        this.name = name;
        this.uptime = uptime;
        thread = Executors.defaultThreadFactory().newThread(this::publish);
        thread.setDaemon(true);
        thread.start();
    }

    public Map<String, String> acknowledged() {
        return acknowledged;
    }

    private void publish() {
        try {
            for (int i = 0; !over; i++) {
                boolean keyed = i % 2 == 0;
                String data = name + '-' + i;
                while (!post(data, keyed) && keyed && !over) {
                    // Once more, under the same key.
                }
            }
        } catch (InterruptedException closed) {
            // It is the end.
        }
    }

    private boolean post(String data, boolean keyed) throws InterruptedException {
        uptime.await();
        HttpRequest.Builder request =
                HttpRequest.newBuilder(topic).timeout(HttpEventStream.DEADLINE).POST(BodyPublishers.ofString(data));
        if (keyed) {
            request.header("Idempotency-Key", data);
        }
        try {
            HttpResponse<String> answer = client.send(request.build(), BodyHandlers.ofString());
            if (answer.statusCode() == 201) {
                acknowledged.put(data, answer.body());
                answers.release();
                return true;
            }
        } catch (IOException notAcknowledged) {
            // It may be stored all the same.
        }
        return false;
    }

    @Override
    public void close() throws InterruptedException {
        over = true;
        thread.join(HttpEventStream.DEADLINE.toMillis());
    }
}
