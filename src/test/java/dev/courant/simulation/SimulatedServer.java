package dev.courant.simulation;

import static dev.courant.simulation.BrokenRuleException.require;

import dev.courant.hub.Hub;
import dev.courant.hub.HubTimeouts;
import dev.courant.hub.SteppedDispatcher;
import dev.courant.log.EventLog;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.RejectedExecutionException;

/** One process: a hub and its log. No thread runs; each turn of a thread is a task. */
final class SimulatedServer {

    static final Duration HEARTBEAT = Duration.ofSeconds(15);
    static final Duration STALL = Duration.ofSeconds(5);
    static final Duration TICK = Duration.ofMillis(250);

    final int life;
    final EventLog log;
    final Hub hub;
    final List<SimulatedConnection> connections = new ArrayList<>(); // those that the hub has not ended
    private final World world;
    private final List<Loop> loops = new ArrayList<>();
    private final List<Runnable> historyReads = new ArrayList<>();
    private boolean stopping;

    SimulatedServer(World world, EventLog log, int life) {
        this.world = world;
        this.log = log;
        this.life = life;
        log.addAppendListener(this::observeNewEvents);
        hub = new Hub(
                new InterleavedLog(log, world::actInBetween),
                new HubTimeouts(HEARTBEAT, STALL, Duration.ofSeconds(1), world.scenario.lifetime()),
                world.scenario.replayLimit(),
                world.clock::nanoTime,
                new Random(world.scenario.seed()),
                this::startHistoryRead,
                this::newThread,
                world.scenario.dispatchers());
    }

    /** The loop of one dispatcher thread. */
    private final class Loop {

        private final SteppedDispatcher dispatcher;
        private boolean more;
        private long lastTurnAt = world.clock.elapsed();

        Loop(SteppedDispatcher dispatcher) {
            this.dispatcher = dispatcher;
        }

        boolean isReady() {
            return more || dispatcher.isSignalled() || world.clock.elapsed() - lastTurnAt >= TICK.toNanos();
        }

        void run() {
            lastTurnAt = world.clock.elapsed();
            more = dispatcher.runTurn();
        }
    }

    private Thread newThread(Runnable loop) {
        SteppedDispatcher dispatcher = new SteppedDispatcher(loop);
        loops.add(new Loop(dispatcher));
        return dispatcher;
    }

    private void startHistoryRead(Runnable read) {
        if (stopping) {
            throw new RejectedExecutionException("The server is stopping.");
        }
        historyReads.add(read);
    }

    private void observeNewEvents() {
        try {
            world.checker.observe(this);
        } catch (BrokenRuleException broken) { // the log may catch exceptions
            world.report(broken);
        }
    }

    /** Returns the tasks of this process that are ready. */
    List<Runnable> tasks() {
        List<Runnable> tasks = new ArrayList<>();
        for (Loop loop : loops) {
            if (loop.isReady()) {
                tasks.add(loop::run);
            }
        }
        for (Runnable read : historyReads) {
            tasks.add(() -> {
                historyReads.remove(read);
                read.run();
            });
        }
        connections.forEach(connection -> tasks.addAll(connection.signals()));
        return tasks;
    }

    boolean isStopping() {
        return stopping;
    }

    /**
     * Stops in an orderly way, as an operator's SIGTERM requests it.
     *
     * @param finishLog stores the waiting events, as the thread of the log does
     */
    void stop(Runnable finishLog) {
        stopping = true;
        finishLog.run();
        hub.close();
        world.settle();
        require(
                connections.isEmpty(),
                Rule.CONNECTION_CONTRACT,
                "%d streams are open after the server has stopped",
                connections.size());
    }

    /** Verifies that the hub knows the open connections and no others. */
    void checkConnections() {
        require(
                hub.countSubscriptions() == connections.size(),
                Rule.BOUNDED,
                "%d subscriptions for %d connections",
                hub.countSubscriptions(),
                connections.size());
        connections.stream()
                .max(Comparator.comparingLong(SimulatedConnection::blockedNanos))
                .ifPresent(SimulatedConnection::checkStall);
    }
}
