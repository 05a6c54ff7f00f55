package dev.courant.app;

import static dev.courant.settings.SettingCatalogue.*;

import dev.courant.auth.AccessPolicy;
import dev.courant.event.Event;
import dev.courant.event.EventId;
import dev.courant.event.Topic;
import dev.courant.feed.OncePerSecondPublisher;
import dev.courant.http.ClientAddressResolver;
import dev.courant.hub.Hub;
import dev.courant.hub.HubTimeouts;
import dev.courant.log.EventLog;
import dev.courant.log.ReplayLimit;
import dev.courant.mercure.HubAddress;
import dev.courant.mercure.MercureProtocol;
import dev.courant.mercure.SubscriptionDocuments;
import dev.courant.mercure.SubscriptionRegistry;
import dev.courant.publish.BodyMemoryBudget;
import dev.courant.publish.BodyReceiver;
import dev.courant.publish.EventPublisher;
import dev.courant.publish.PendingPublishes;
import dev.courant.settings.Settings;
import dev.courant.sse.SinkFilter;
import dev.courant.sse.TopicSse;
import dev.courant.stream.StreamOpener;
import dev.courant.stream.StreamQuota;
import dev.courant.stream.StreamRegistry;
import dev.courant.stream.TokenStreams;
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
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseBroadcaster;
import java.security.SecureRandom;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** The CDI producer of the application's parts, which it creates at deployment and stops at undeployment. */
@ApplicationScoped
public class ApplicationLifecycle {

    private static final Topic NUMBERS_TOPIC = new Topic("numbers");

    /**
     * The number of threads in each pool. Tasks in these pools may block, for example on a disk.
     */
    private static final int POOL_THREADS = 4;

    /**
     * The maximum number of blocked writes. On some servers, a write blocks its thread while the client does not read,
     * until Courant disconnects the client.
     */
    private static final int MAX_BLOCKED_WRITES = 64;

    private static final int STOP_SECONDS = 5;

    @Resource
    private ManagedThreadFactory threadFactory;

    private Settings settings;
    private BodyReceiver bodyReceiver;
    private StreamQuota quota;
    private EventLog log;
    private Hub hub;
    private ExecutorService responseExecutor;
    private ExecutorService historyExecutor;
    private ExecutorService closeExecutor;
    private ExecutorService blockedWriteExecutor;
    private Jsonb jsonb;
    private final PendingPublishes pendingPublishes = new PendingPublishes();

    @PostConstruct
    void start() {
        StartupErrors.clearFailure();
        settings = StartupErrors.check(Settings::read);
        ClientAddressResolver addressResolver = new ClientAddressResolver(settings.get(PROXIES));
        bodyReceiver =
                new BodyReceiver(BodyMemoryBudget.ofHeap(Runtime.getRuntime().maxMemory()), addressResolver);
        quota = new StreamQuota(
                new StreamQuota.Usage(settings.get(STREAMS_MAX), settings.get(PATTERNS_MAX)),
                new StreamQuota.Usage(settings.get(STREAMS_MAX_PER_ADDRESS), settings.get(PATTERNS_MAX_PER_ADDRESS)),
                addressResolver,
                System::nanoTime);
        SecureRandom random = new SecureRandom();
        log = StartupErrors.check(() -> EventLogFactory.open(settings, random, threadFactory));
        historyExecutor = createPool(POOL_THREADS);
        hub = new Hub(
                log,
                new HubTimeouts(
                        settings.get(HEARTBEAT),
                        settings.get(STALL_TIMEOUT),
                        settings.get(RETRY),
                        settings.find(LIFETIME)),
                new ReplayLimit(settings.get(REPLAY_MAX_EVENTS), settings.get(REPLAY_MAX_BYTES)),
                System::nanoTime,
                random,
                historyExecutor,
                threadFactory,
                settings.get(DISPATCHERS));
        responseExecutor = createPool(POOL_THREADS);
        closeExecutor = createPool(POOL_THREADS);
        blockedWriteExecutor = createPool(MAX_BLOCKED_WRITES);
        jsonb = JsonbBuilder.create();
    }

    @PreDestroy
    void stop() {
        hub.close();
        historyExecutor.shutdownNow();
        responseExecutor.shutdown();
        blockedWriteExecutor.shutdown();
        closeExecutor.shutdown();
        try {
            responseExecutor.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS);
            pendingPublishes.failAll();
            closeExecutor.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        RecordMethodHandles.release();
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
    EventPublisher createEventPublisher(AccessPolicy policy, HubAddress address) {
        ReservedPath reserved = new ReservedPath(address.url());
        return new EventPublisher(log, policy, reserved::isReserved, settings.get(PUBLISH_MAX_BYTES), responseExecutor);
    }

    @Produces
    SubscriptionDocuments createSubscriptionDocuments(MercureProtocol protocol, HubAddress address) {
        return new SubscriptionDocuments(protocol, address);
    }

    @Produces
    @Singleton
    SubscriptionRegistry createSubscriptionRegistry(SubscriptionDocuments documents) {
        return new SubscriptionRegistry(hub, documents, settings.get(MERCURE_SUBSCRIPTIONS));
    }

    @Produces
    StreamQuota quota() {
        return quota;
    }

    @Produces
    BodyReceiver bodyReceiver() {
        return bodyReceiver;
    }

    @Produces
    @Singleton
    StreamOpener createStreamOpener(TokenStreams tokenStreams) {
        return new StreamOpener(quota, tokenStreams, closeExecutor, blockedWriteExecutor);
    }

    @Produces
    @Singleton
    SinkFilter createSinkFilter(StreamOpener opener, StreamRegistry registry, HttpServletRequest currentRequest) {
        return new SinkFilter(opener, registry, currentRequest);
    }

    @Produces
    PendingPublishes pendingPublishes() {
        return pendingPublishes;
    }

    @Produces
    @Named("courant")
    TopicSse createSse(SinkFilter sinkFilter) {
        return createSse(hub::publish, sinkFilter);
    }

    @Produces
    @Singleton
    @Named("numbers")
    SseBroadcaster createNumbersBroadcaster(@Named("courant") Sse sse) {
        return sse.newBroadcaster();
    }

    /** Creates the broadcaster of the random numbers. With Kafka, all nodes together publish one event a second. */
    @Produces
    @Singleton
    @Named("feed")
    SseBroadcaster createFeedBroadcaster(SinkFilter sinkFilter) {
        OncePerSecondPublisher oncePerSecond = new OncePerSecondPublisher(hub, System::currentTimeMillis);
        return createSse(settings.isSet(KAFKA_BOOTSTRAP_SERVERS) ? oncePerSecond::publish : hub::publish, sinkFilter)
                .newBroadcaster();
    }

    private TopicSse createSse(Function<Event, CompletionStage<EventId>> publish, SinkFilter sinkFilter) {
        return new TopicSse(hub, publish, NUMBERS_TOPIC, jsonb, sinkFilter);
    }

    @Produces
    @Named("feedEnabled")
    boolean isFeedEnabled() {
        return settings.get(NUMBERS);
    }

    private ExecutorService createPool(int threads) {
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                threads, threads, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), threadFactory);
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }
}
