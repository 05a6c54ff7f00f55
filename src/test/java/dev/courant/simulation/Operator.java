package dev.courant.simulation;

import java.util.Random;

/** The operator of the server, and the faults of its machine. */
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
        if (world.server == null) {
            lives++;
            SimulatedServer server = new SimulatedServer(world, store.open("e" + lives), lives);
            world.server = server;
            world.model.beginEpoch(server.log.idOf(server.log.head()));
            world.trace("process %d starts after %s", lives, server.log.idOf(server.log.head()));
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
    void stop() {
        if (world.server != null) {
            world.trace("the process stops");
            world.server.stop();
            end();
        }
    }

    private void end() {
        world.server = null;
        world.publisher.onServerEnd();
        world.subscribers.forEach(SimulatedSubscriber::onServerEnd);
    }

    void act(StepKind kind, Random random) {
        switch (kind) {
            case KILL -> kill();
            case STOP -> stop();
            case START -> start();
            default -> {}
        }
    }

    /** Ends all faults. */
    void recover() {
        start();
    }
}
