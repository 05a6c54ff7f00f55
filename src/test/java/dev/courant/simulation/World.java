package dev.courant.simulation;

import static dev.courant.simulation.BrokenRuleException.require;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** All actors of one run, and the scheduler that decides which of them acts next. */
final class World {

    /** The maximum number of tasks without time passing. */
    private static final int MAX_TASKS = 20_000;

    private static final int MAX_INTERLEAVED = 3;

    /** The time after an outage until the log and the hub have repeated the work that failed. */
    private static final Duration RETRIES = Duration.ofSeconds(3);

    final Scenario scenario;
    final VirtualClock clock = new VirtualClock();
    final LogModel model = new LogModel();
    final Checker checker = new Checker(this);
    final SimulatedPublisher publisher = new SimulatedPublisher(this);
    final List<SimulatedSubscriber> subscribers = new ArrayList<>();
    final Operator operator;
    private final Consumer<String> trace;
    private Random random;
    private int interleaved; // acts of other threads that may still happen in this step
    private boolean calm;
    private @Nullable BrokenRuleException reported;

    private long outageAt = -RETRIES.toNanos();
    long suspendedUntil; // nanoseconds since the start

    @Nullable
    SimulatedServer server; // null while no process runs

    /** @param trace receives a line for each action */
    World(Scenario scenario, Consumer<String> trace) {
        this.scenario = scenario;
        this.trace = trace;
        random = new Random(scenario.seed());
        for (int i = 0; i < scenario.subscribers(); i++) {
            subscribers.add(new SimulatedSubscriber(this, "subscriber " + i, random));
        }
        operator = new Operator(
                this, scenario.journal() == null ? new SimulatedStore.Memory(this) : new JournalStore(this));
    }

    /** Ends all disturbances by the scheduler. */
    void calm() {
        begin(new Random(scenario.seed()));
        interleaved = 0;
        calm = true;
    }

    boolean isCalm() {
        return calm;
    }

    void begin(Random ofStep) {
        random = ofStep;
        interleaved = MAX_INTERLEAVED;
    }

    /** Returns the random numbers of the current step. */
    Random random() {
        return random;
    }

    void trace(String line, Object... arguments) {
        trace.accept(clock.elapsed() / 1_000_000 + " ms " + String.format(line, arguments));
    }

    /** Records a broken rule in a call whose exceptions the production code catches. */
    void report(BrokenRuleException broken) {
        reported = reported == null ? broken : reported;
    }

    /** Throws the first broken rule that was reported. */
    void throwReported() {
        if (reported != null) {
            throw reported;
        }
    }

    /** Lets another thread act between two calls of the log, or not. */
    void actInBetween() {
        if (interleaved > 0 && server != null && random.nextInt(100) < scenario.interleaving()) {
            interleaved--;
            List<Runnable> writes = operator.store.tasks();
            if (!writes.isEmpty() && random.nextBoolean()) {
                writes.get(0).run();
            } else {
                publisher.publish(random);
            }
        }
    }

    private List<Runnable> tasks() {
        List<Runnable> tasks = new ArrayList<>();
        if (server != null) {
            tasks.addAll(server.tasks());
            tasks.addAll(operator.store.tasks());
        }
        subscribers.forEach(subscriber -> tasks.addAll(subscriber.tasks()));
        return tasks;
    }

    /** Runs one of the tasks that are ready. Returns whether there was one. */
    boolean runTask() {
        List<Runnable> tasks = tasks();
        if (tasks.isEmpty()) {
            return false;
        }
        tasks.get(random.nextInt(tasks.size())).run();
        noteOutage();
        throwReported();
        return true;
    }

    /** Runs tasks until none is ready. Time does not pass. */
    void settle() {
        int count = 0;
        while (runTask()) {
            require(count++ < MAX_TASKS, Rule.NO_INTERNAL_ERROR, "the tasks do not end");
        }
    }

    /** Lets time pass in which no thread runs. */
    void suspend(Duration time) {
        clock.advance(time);
        suspendedUntil = clock.elapsed();
    }

    /** Lets time pass, and runs all tasks as they become ready. */
    void pass(Duration time) {
        for (Duration rest = time; !rest.isZero(); ) {
            Duration next = rest.compareTo(SimulatedServer.TICK) < 0 ? rest : SimulatedServer.TICK;
            clock.advance(next);
            settle();
            rest = rest.minus(next);
        }
        checkSettled();
    }

    private void noteOutage() {
        outageAt = server == null || server.log.findOutage() == null ? outageAt : clock.elapsed();
    }

    /** Checks the rules that hold while no task is ready. */
    void checkSettled() {
        publisher.checkAnswers();
        if (server != null) {
            server.checkConnections();
            checker.checkBounds(server);
            if (clock.elapsed() - outageAt >= RETRIES.toNanos()) {
                subscribers.forEach(SimulatedSubscriber::checkUpToDate);
            }
            operator.store.checkSettled(server);
        }
    }
}
