package dev.courant.publish;

import static dev.courant.settings.SettingCatalogue.PUBLISH_MAX_STREAMS;

import dev.courant.auth.AccessPolicy;
import dev.courant.auth.AccessRights;
import dev.courant.auth.RevokedTokens;
import dev.courant.event.Event;
import dev.courant.event.Topic;
import dev.courant.http.ProblemException;
import dev.courant.http.ResponseHeader;
import dev.courant.log.EventLog;
import dev.courant.log.EventPipe;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Receives bodies that are streams of events, and publishes each event as it arrives. Thread-safe. */
public final class EventStreamReceiver {

    private static final String JSON_LINES = "application/x-ndjson";

    private static final Logger LOG = System.getLogger(EventStreamReceiver.class.getName());

    private static final long CHECK_NANOS = Duration.ofMillis(250).toNanos();

    /** Creates the events of a stream. */
    @FunctionalInterface
    public interface EventFactory {

        /**
         * @param type the type that the body names, or {@code null}
         * @throws ProblemException if the event is not valid
         */
        Event create(@Nullable String type, String data);
    }

    private final EventPublisher publisher;
    private final EventLog log;
    private final AccessPolicy policy;
    private final RevokedTokens revoked;
    private final BodyMemoryBudget budget;
    private final int maxStreams;
    private final Duration idleTimeout;
    private final Executor executor;
    private final Executor endExecutor;
    private final Map<PublishingStream, AccessRights> streams = new ConcurrentHashMap<>();
    private final AtomicInteger count = new AtomicInteger();
    private final AtomicBoolean checking = new AtomicBoolean();
    private volatile boolean stopping;

    /**
     * @param maxStreams the maximum number of bodies that are received at the same time
     * @param idleTimeout the time after which a publisher that sends nothing is refused
     * @param executor reads the bodies, and keeps one thread that checks for deadlines
     * @param endExecutor completes requests, which may block on some servers
     */
    public EventStreamReceiver(
            EventPublisher publisher,
            EventLog log,
            AccessPolicy policy,
            RevokedTokens revoked,
            BodyMemoryBudget budget,
            int maxStreams,
            Duration idleTimeout,
            Executor executor,
            Executor endExecutor) {
        this.publisher = publisher;
        this.log = log;
        this.policy = policy;
        this.revoked = revoked;
        this.budget = budget;
        this.maxStreams = maxStreams;
        this.idleTimeout = idleTimeout;
        this.executor = executor;
        this.endExecutor = endExecutor;
    }

    /**
     * Starts to receive the body of a request, and writes the response at its end.
     *
     * @param key the idempotency key, or {@code null}
     * @param first the number of the first event of the body in its stream
     * @param events creates the events
     * @throws ProblemException if the client may not publish to the topics, or there are too many streams
     */
    public void receive(
            HttpServletRequest request,
            AccessRights access,
            List<Topic> topics,
            @Nullable String key,
            long first,
            EventFactory events)
            throws IOException {
        EventPublisher.checkKey(key);
        publisher.checkTopics(access, topics);
        EventBodyReader.DecoderFactory decoders = chooseDecoder(request);
        if (stopping) {
            throw refuse("The server is stopping. Publish again after Retry-After.");
        }
        if (count.incrementAndGet() > maxStreams) {
            count.decrementAndGet();
            throw refuse("The server is receiving " + maxStreams + " streams (" + PUBLISH_MAX_STREAMS
                    + "). Publish again after Retry-After.");
        }
        AsyncContext context = request.startAsync();
        context.setTimeout(0);
        ServletInputStream in = context.getRequest().getInputStream();
        BodyMemoryBudget.Share memory = budget.openShare();
        PublishingStream[] self = new PublishingStream[1];
        PublishingStream stream = new PublishingStream(
                context,
                listener -> createPipe(key, first, listener),
                pipe -> new EventBodyReader(
                        in,
                        decoders,
                        (type, data) -> EventPublisher.checkType(events.create(type, data)),
                        pipe,
                        memory),
                memory,
                executor,
                () -> complete(self[0], context));
        self[0] = stream;
        streams.put(stream, access);
        in.setReadListener(stream);
        startChecking();
    }

    private EventPipe createPipe(@Nullable String key, long first, Runnable listener) {
        EventPipe pipe = new EventPipe(log, executor, listener);
        if (key != null) {
            pipe.resume(key, first);
        }
        return pipe;
    }

    private EventBodyReader.DecoderFactory chooseDecoder(HttpServletRequest request) {
        if (!BodyFormat.parseCharset(request).equals(StandardCharsets.UTF_8)) {
            throw new ProblemException(415, "A body with several events must be in UTF-8.");
        }
        String type = findMediaType(request);
        int maxBytes = publisher.maxBytes();
        if (type == null || type.equals(MediaType.SERVER_SENT_EVENTS)) {
            return sink -> new EventStreamDecoder(maxBytes, sink);
        }
        if (type.equals(JSON_LINES)) {
            return sink -> new JsonLinesDecoder(maxBytes, sink);
        }
        throw new ProblemException(
                415,
                "The Content-Type of a body with several events must be " + MediaType.SERVER_SENT_EVENTS + " or "
                        + JSON_LINES + ". Use POST to publish the body as one event.");
    }

    /** Returns whether the media type of the body is one of those with several events. */
    public static boolean isStreamOfEvents(HttpServletRequest request) {
        String type = findMediaType(request);
        return MediaType.SERVER_SENT_EVENTS.equals(type) || JSON_LINES.equals(type);
    }

    private static @Nullable String findMediaType(HttpServletRequest request) {
        String type = BodyFormat.findContentType(request);
        return type == null ? null : type.replaceFirst(";.*", "").strip().toLowerCase(Locale.ROOT);
    }

    private static ProblemException refuse(String detail) {
        return new ProblemException(503, detail, ResponseHeader.retryAfter(10), ResponseHeader.CLOSE);
    }

    private void complete(PublishingStream stream, AsyncContext context) {
        streams.remove(stream);
        count.decrementAndGet();
        try {
            endExecutor.execute(() -> {
                try {
                    context.complete();
                } catch (RuntimeException already) {
                    LOG.log(Level.DEBUG, "The server has completed the request", already);
                }
            });
        } catch (RejectedExecutionException undeploying) {
            LOG.log(Level.DEBUG, "The application is being undeployed", undeploying);
        }
    }

    private void startChecking() {
        if (!checking.getAndSet(true)) {
            executor.execute(this::checkUntilIdle);
        }
    }

    private void checkUntilIdle() {
        do {
            while (!streams.isEmpty()) {
                streams.forEach(this::check);
                Thread.interrupted(); // the container may interrupt managed threads, which would end the pause
                LockSupport.parkNanos(this, CHECK_NANOS);
            }
            checking.set(false);
        } while (!streams.isEmpty() && !checking.getAndSet(true));
    }

    private void check(PublishingStream stream, AccessRights access) {
        String token = access.fingerprint();
        Instant expires = access.expires();
        boolean expired = expires != null && !Instant.now().isBefore(expires);
        if (expired || (token != null && revoked.contains(token))) {
            stream.end(policy.challenge().invalidToken());
        }
        stream.check(idleTimeout);
    }

    /** Ends all streams after the bytes that have arrived, and waits until their events are stored, within the timeout. */
    public void stop(Duration timeout) {
        stopping = true;
        streams.keySet()
                .forEach(stream -> stream.end(
                        refuse("The server is stopping. Continue after the last stored event after Retry-After.")));
        long end = System.nanoTime() + timeout.toNanos();
        while (!streams.isEmpty() && System.nanoTime() < end) {
            LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
        }
    }
}
