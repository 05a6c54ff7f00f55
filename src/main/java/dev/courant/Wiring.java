package dev.courant;

import dev.courant.access.PublishRules;
import dev.courant.access.TopicPatterns;
import dev.courant.event.Topic;
import dev.courant.hub.Hub;
import dev.courant.hub.IdempotentPublishing;
import dev.courant.log.EventLog;
import dev.courant.log.MemoryLog;
import dev.courant.settings.InvalidSettingException;
import dev.courant.settings.Settings;
import dev.courant.sse.TopicSse;
import dev.courant.stream.Admission;
import dev.courant.stream.ClientAddress;
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
import java.lang.System.Logger.Level;
import java.security.SecureRandom;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Puts the parts together, and takes them apart when the application goes. */
@ApplicationScoped
public class Wiring {

    private static final Topic NUMBERS = new Topic("numbers");

    /** Threads for sinks that are not ours: as many of those may block at a time without holding up the others. */
    private static final int FOREIGN_THREADS = 4;

    private static final int STOP_SECONDS = 5;

    /** The system property by which the launcher of the uber-jar learns why there is no application. */
    private static final String FAILURE = "courant.failure";

    @Resource
    private ManagedThreadFactory threads;

    private PublishRules rules;
    private Admission admission;
    private Hub hub;
    private IdempotentPublishing idempotent;
    private ExecutorService sending;
    private ExecutorService closing;
    private Jsonb json;

    @PostConstruct
    void start() {
        Settings settings = settings();
        rules = new PublishRules(TopicPatterns.of(settings.publishAnonymous()), settings.maxPublishBytes());
        admission = new Admission(
                settings.maxStreams(), settings.maxStreamsPerAddress(), addresses(settings), System::nanoTime);
        SecureRandom random = new SecureRandom();
        String epoch = Integer.toString(random.nextInt(Integer.MAX_VALUE), Character.MAX_RADIX);
        EventLog log = new MemoryLog(epoch, settings.retention(), System::nanoTime);
        hub = new Hub(
                log, settings.timing(), settings.replay(), System::nanoTime, random, threads, settings.dispatchers());
        idempotent = new IdempotentPublishing(hub, System::nanoTime);
        sending = pool();
        closing = pool();
        json = JsonbBuilder.create();
    }

    @PreDestroy
    void stop() {
        hub.close();
        sending.shutdownNow();
        closing.shutdown();
        try {
            closing.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException stopWaiting) {
            Thread.currentThread().interrupt();
        }
        LinkedRecords.forget();
    }

    @Produces
    Hub hub() {
        return hub;
    }

    @Produces
    IdempotentPublishing idempotent() {
        return idempotent;
    }

    @Produces
    PublishRules rules() {
        return rules;
    }

    @Produces
    Admission admission() {
        return admission;
    }

    /** Threads for what may take a while as a stream ends. */
    @Produces
    @Named("closing")
    Executor closing() {
        return closing;
    }

    @Produces
    @Named("courant")
    TopicSse sse() {
        return new TopicSse(hub, NUMBERS, json, sending, closing);
    }

    @Produces
    @Singleton
    @Named("numbers")
    SseBroadcaster numbers(@Named("courant") Sse sse) {
        return sse.newBroadcaster();
    }

    /** What is wrong with a setting is said in one line, before the server says it in its own many. */
    private static Settings settings() {
        System.clearProperty(FAILURE);
        try {
            Settings settings = Settings.read();
            addresses(settings);
            return settings;
        } catch (InvalidSettingException invalid) {
            System.getLogger(Wiring.class.getName()).log(Level.ERROR, invalid.getMessage());
            System.setProperty(FAILURE, String.valueOf(invalid.getMessage()));
            throw invalid;
        }
    }

    private static ClientAddress addresses(Settings settings) {
        try {
            return ClientAddress.behind(settings.proxies());
        } catch (IllegalArgumentException invalid) {
            throw new InvalidSettingException(
                    "courant.proxies",
                    settings.proxies(),
                    "addresses and networks such as 10.0.0.0/8, with commas between");
        }
    }

    private ExecutorService pool() {
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                FOREIGN_THREADS, FOREIGN_THREADS, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), threads);
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }
}
