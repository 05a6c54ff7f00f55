package dev.courant.app;

import dev.courant.auth.AccessPolicy;
import dev.courant.event.Event;
import dev.courant.event.EventId;
import dev.courant.event.Topic;
import dev.courant.feed.OncePerSecondPublisher;
import dev.courant.http.ClientAddressResolver;
import dev.courant.http.StreamAdmission;
import dev.courant.hub.Hub;
import dev.courant.log.EventLog;
import dev.courant.mercure.HubAddress;
import dev.courant.mercure.MercureProtocol;
import dev.courant.mercure.SubscribeQueryFilter;
import dev.courant.mercure.SubscriptionDocuments;
import dev.courant.mercure.SubscriptionRegistry;
import dev.courant.publish.BodyMemoryBudget;
import dev.courant.publish.BodyReceiver;
import dev.courant.publish.EventPublisher;
import dev.courant.publish.PendingPublishes;
import dev.courant.settings.PatternSettings;
import dev.courant.settings.Settings;
import dev.courant.sse.TopicSse;
import dev.courant.stream.PatternQuota;
import dev.courant.stream.StreamFilter;
import dev.courant.topic.ReservedPath;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import jakarta.json.bind.Jsonb;
import jakarta.json.bind.JsonbBuilder;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseBroadcaster;
import java.security.SecureRandom;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** Puts the parts together, and takes them apart when the application goes. */
@ApplicationScoped
public class ApplicationLifecycle {

    private static final Topic NUMBERS = new Topic("numbers");

    /** Threads for what may wait, such as sinks that are not ours: so many do at a time without holding up the others. */
    private static final int WAITING_THREADS = 4;

    /** On servers that write no other way, so many may hold one each, until they are cut. */
    private static final int MOST_WAITING = 64;

    private static final int STOP_SECONDS = 5;

    @Resource
    private ManagedThreadFactory threads;

    private Settings settings;
    private StreamAdmission admission;
    private BodyReceiver bodies;
    private PatternQuota patterns;
    private Hub hub;
    private ExecutorService sending;
    private ExecutorService answering;
    private ExecutorService reading;
    private ExecutorService closing;
    private ExecutorService waiting;
    private Jsonb json;
    private final PendingPublishes lastAnswers = new PendingPublishes();

    @PostConstruct
    void start() {
        Startup.forget();
        settings = Startup.unless(Settings::read);
        ClientAddressResolver addresses = Startup.unless(() -> SettingsValidator.addresses(settings));
        bodies = new BodyReceiver(BodyMemoryBudget.ofHeap(Runtime.getRuntime().maxMemory()), addresses);
        admission = new StreamAdmission(
                settings.maxStreams(), settings.maxStreamsPerAddress(), addresses, System::nanoTime);
        PatternSettings limits = settings.patterns();
        patterns = new PatternQuota(limits.max(), limits.maxPerAddress(), addresses, System::nanoTime);
        SecureRandom random = new SecureRandom();
        EventLog log = Startup.unless(() -> EventLogFactory.open(settings, random, threads));
        reading = pool(WAITING_THREADS);
        hub = new Hub(
                log,
                settings.timeouts(),
                settings.replay(),
                System::nanoTime,
                random,
                reading,
                threads,
                settings.dispatchers());
        sending = pool(WAITING_THREADS);
        answering = pool(WAITING_THREADS);
        closing = pool(WAITING_THREADS);
        waiting = pool(MOST_WAITING);
        json = JsonbBuilder.create();
    }

    @PreDestroy
    void stop() {
        hub.close();
        sending.shutdownNow();
        reading.shutdownNow();
        answering.shutdown();
        waiting.shutdown();
        closing.shutdown();
        try {
            answering.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS);
            lastAnswers.give();
            closing.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException stopWaiting) {
            Thread.currentThread().interrupt();
        }
        RecordMethodHandles.forget();
    }

    @Produces
    Hub hub() {
        return hub;
    }

    @Produces
    Settings settings() {
        return settings;
    }

    @Produces
    @Singleton
    EventPublisher publisher(AccessPolicy gate, HubAddress address) {
        ReservedPath reserved = new ReservedPath(address.url());
        return new EventPublisher(hub, gate, reserved::isAddressedBy, settings.maxPublishBytes(), answering);
    }

    @Produces
    SubscriptionDocuments documents(MercureProtocol dialect, HubAddress address) {
        return new SubscriptionDocuments(dialect, address);
    }

    @Produces
    @Singleton
    SubscriptionRegistry subscriptions(SubscriptionDocuments documents) {
        return new SubscriptionRegistry(hub, documents, settings.mercure().subscriptions());
    }

    @Produces
    StreamAdmission admission() {
        return admission;
    }

    @Produces
    BodyReceiver bodies() {
        return bodies;
    }

    @Produces
    StreamFilter streamFilter() {
        return new StreamFilter(admission, patterns, SubscribeQueryFilter::selectors, closing, waiting);
    }

    @Produces
    PendingPublishes lastAnswers() {
        return lastAnswers;
    }

    @Produces
    @Named("courant")
    TopicSse sse() {
        return sse(hub::publish);
    }

    @Produces
    @Singleton
    @Named("numbers")
    SseBroadcaster numbers(@Named("courant") Sse sse) {
        return sse.newBroadcaster();
    }

    /** What is broadcast by this is one event a second, on however many nodes. */
    @Produces
    @Singleton
    @Named("feed")
    SseBroadcaster feed() {
        OncePerSecondPublisher turns = new OncePerSecondPublisher(hub, System::currentTimeMillis);
        return sse(settings.kafka() == null ? hub::publish : turns::publish).newBroadcaster();
    }

    private TopicSse sse(Function<Event, CompletionStage<EventId>> publishing) {
        return new TopicSse(hub, publishing, NUMBERS, json, sending, closing);
    }

    @Produces
    @Named("feeding")
    boolean feeding() {
        return settings.numbers();
    }

    private ExecutorService pool(int most) {
        ThreadPoolExecutor pool =
                new ThreadPoolExecutor(most, most, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), threads);
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }
}
