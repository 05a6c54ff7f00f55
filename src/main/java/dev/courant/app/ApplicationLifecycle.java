package dev.courant.app;

import static dev.courant.settings.SettingCatalogue.*;

import dev.courant.auth.AccessPolicy;
import dev.courant.auth.RevokedTokens;
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
import dev.courant.publish.EventStreamReceiver;
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
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The CDI producer of the application's parts, which it creates at deployment and stops at undeployment. */
@ApplicationScoped
public class ApplicationLifecycle {

    private static final Topic NUMBERS_TOPIC = new Topic("numbers");

    @Resource
    private ManagedThreadFactory threadFactory;

    private Settings settings;
    private BodyMemoryBudget bodyMemory;
    private BodyReceiver bodyReceiver;
    private @Nullable EventStreamReceiver eventStreams;
    private StreamQuota quota;
    private EventLog log;
    private Hub hub;
    private ThreadPools pools;
    private Jsonb jsonb;
    private final PendingPublishes pendingPublishes = new PendingPublishes();

    @PostConstruct
    void start() {
        StartupErrors.clearFailure();
        settings = StartupErrors.check(Settings::read);
        ClientAddressResolver addressResolver = new ClientAddressResolver(settings.get(PROXIES));
        bodyMemory = BodyMemoryBudget.ofHeap(Runtime.getRuntime().maxMemory());
        bodyReceiver = new BodyReceiver(bodyMemory, addressResolver);
        quota = new StreamQuota(
                new StreamQuota.Usage(settings.get(STREAMS_MAX), settings.get(PATTERNS_MAX)),
                new StreamQuota.Usage(settings.get(STREAMS_MAX_PER_ADDRESS), settings.get(PATTERNS_MAX_PER_ADDRESS)),
                addressResolver,
                System::nanoTime);
        SecureRandom random = new SecureRandom();
        log = StartupErrors.check(() -> EventLogFactory.open(settings, random, threadFactory));
        pools = ThreadPools.create(threadFactory);
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
                pools.history(),
                threadFactory,
                settings.get(DISPATCHERS));
        jsonb = JsonbBuilder.create();
    }

    @PreDestroy
    void stop() {
        if (eventStreams != null) {
            eventStreams.stop(Duration.ofSeconds(2));
        }
        hub.close();
        pools.stop(pendingPublishes);
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
        return new EventPublisher(log, policy, reserved::isReserved, settings.get(PUBLISH_MAX_BYTES), pools.response());
    }

    @Produces
    @Singleton
    EventStreamReceiver createEventStreamReceiver(
            EventPublisher publisher, AccessPolicy policy, RevokedTokens revokedTokens) {
        EventStreamReceiver receiver = new EventStreamReceiver(
                publisher,
                log,
                policy,
                revokedTokens,
                bodyMemory,
                settings.get(PUBLISH_MAX_STREAMS),
                settings.get(PUBLISH_IDLE_TIMEOUT),
                pools.eventStreams(),
                pools.close());
        eventStreams = receiver;
        return receiver;
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
        return new StreamOpener(quota, tokenStreams, pools.close(), pools.blockedWrite());
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

    @Produces
    @Named("numbersTopic")
    Topic numbersTopic() {
        return NUMBERS_TOPIC;
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
}
