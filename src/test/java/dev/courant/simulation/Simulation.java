package dev.courant.simulation;

import static dev.courant.simulation.BrokenRuleException.require;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One run of a {@link Scenario}. The steps are executed in order; then all faults end, and everything must recover
 * within {@link #RECOVERY}.
 */
final class Simulation {

    /** A reconnection takes a second, a disk error another. Each stall takes five. */
    private static final Duration RECOVERY = Duration.ofSeconds(60);

    private final World world;

    private Simulation(Scenario scenario, Consumer<String> trace) {
        world = new World(scenario, trace);
    }

    /** Runs a scenario. Returns the broken rule, or {@code null} if there is none. */
    static @Nullable BrokenRuleException run(Scenario scenario, Consumer<String> trace) {
        try {
            Simulation simulation = new Simulation(scenario, trace);
            simulation.world.operator.start();
            for (Step step : scenario.steps()) {
                trace.accept("step " + step.number() + " " + step.kind());
                simulation.execute(step);
                simulation.world.throwReported();
            }
            trace.accept("all faults end");
            simulation.recover();
            return null;
        } catch (BrokenRuleException broken) {
            return broken;
        } catch (RuntimeException | Error unexpected) {
            BrokenRuleException broken = new BrokenRuleException(Rule.NO_INTERNAL_ERROR, "thrown: " + unexpected);
            broken.initCause(unexpected);
            return broken;
        }
    }

    private void execute(Step step) {
        Random random = step.random();
        world.begin(random);
        List<SimulatedSubscriber> subscribers = world.subscribers;
        SimulatedSubscriber subscriber = subscribers.get(random.nextInt(subscribers.size()));
        switch (step.kind()) {
            case PUBLISH -> {
                if (world.server != null) {
                    world.publisher.publish(random);
                }
            }
            case REPEAT_PUBLICATION -> world.publisher.repeat(random);
            case MISUSE_KEY -> world.publisher.misuseKey(random);
            case RUN_TASK -> world.runTask();
            case SETTLE -> {
                world.settle();
                world.checkSettled();
            }
            case WAIT_BRIEFLY -> world.clock.advance(Duration.ofMillis(1 + random.nextInt(50)));
            case WAIT -> world.pass(Duration.ofMillis(1 + random.nextInt(20_000)));
            case WAIT_LONG -> world.pass(Duration.ofMillis(1 + random.nextInt(120_000)));
            case SUSPEND -> world.suspend(Duration.ofMillis(1 + random.nextInt(400_000)));
            case READ -> subscriber.read(1 + random.nextInt(300));
            case CHANGE_PACE -> subscriber.changePace(random);
            case DISCONNECT -> subscriber.disconnect(true);
            case DISCONNECT_SILENTLY -> subscriber.disconnect(false);
            case MOVE -> subscriber.move(random);
            default -> world.operator.act(step.kind(), random);
        }
    }

    /** Ends all faults, and waits until each publication is answered and each subscriber is up to date. */
    private void recover() {
        world.calm();
        world.operator.recover();
        world.subscribers.forEach(SimulatedSubscriber::recover);
        world.publisher.repeatUnknown();
        Duration passed = Duration.ZERO;
        do {
            world.pass(SimulatedServer.TICK);
            passed = passed.plus(SimulatedServer.TICK);
        } while (!isRecovered() && passed.compareTo(RECOVERY) < 0);
        require(world.publisher.isAnswered(), Rule.PUBLICATION_IS_ANSWERED, "a publication has no answer");
        for (SimulatedSubscriber subscriber : world.subscribers) {
            require(subscriber.isCaughtUp(), Rule.CATCHES_UP, "%s after %s", subscriber, passed);
        }
    }

    private boolean isRecovered() {
        return world.publisher.isAnswered() && world.subscribers.stream().allMatch(SimulatedSubscriber::isCaughtUp);
    }
}
