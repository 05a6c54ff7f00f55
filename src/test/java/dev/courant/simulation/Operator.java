package dev.courant.simulation;

import static dev.courant.simulation.BrokenRuleException.require;

import dev.courant.log.EventLog;
import java.io.IOException;
import java.time.Duration;
import java.util.Random;

/** The operator of the server. */
final class Operator {

    final SimulatedStore store;
    private final World world;
    private int lives;

    Operator(World world, SimulatedStore store) {
        this.world = world;
        this.store = store;
    }

    /** Starts a process, unless one runs. */
    void start() {
        if (world.server != null) {
            return;
        }
        lives++;
        try {
            EventLog log = store.open("e" + lives);
            SimulatedServer server = new SimulatedServer(world, log, lives);
            world.trace("process %d starts after %s", lives, log.idOf(log.head()));
            store.compareWithModel(server);
            world.server = server;
        } catch (IOException failure) {
            world.trace("the log cannot be opened: %s", failure.getMessage());
            require(!world.isCalm(), Rule.NO_INTERNAL_ERROR, "the log cannot be opened: %s", failure);
            store.kill();
        }
    }

    /** Ends the process without warning. */
    void kill() {
        if (world.server != null) {
            world.trace("the process is killed");
            end();
        }
    }

    /** Stops the process in an orderly way. */
    private void stop() {
        if (world.server != null) {
            world.trace("the process stops");
            world.server.stop(store::finish);
            end();
        }
    }

    private void end() {
        world.server = null;
        store.kill();
        world.publisher.onServerEnd();
        world.subscribers.forEach(SimulatedSubscriber::onServerEnd);
    }

    void act(StepKind kind, Random random) {
        switch (kind) {
            case KILL -> kill();
            case STOP -> stop();
            case START -> start();
            case JUMP_CLOCK -> {
                world.clock.jump(Duration.ofSeconds(random.nextInt(20_000) - 10_000));
                world.model.forgetKeys();
                world.trace("the time of day jumps");
            }
            default -> store.act(kind, random);
        }
    }

    /** Ends all faults. */
    void recover() {
        store.recover();
        start();
    }
}
