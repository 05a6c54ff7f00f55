package dev.courant.simulation;

import dev.courant.log.EventLog;
import dev.courant.log.MemoryLog;
import java.io.IOException;
import java.util.List;
import java.util.Random;

/** The place of the events, which outlives the processes. */
interface SimulatedStore {

    /**
     * Opens the log for a new process.
     *
     * @param epoch a name that no process had before
     * @throws IOException if the disk fails
     */
    EventLog open(String epoch) throws IOException;

    /** Makes the model agree with the log that was opened. */
    void compareWithModel(SimulatedServer server);

    /** Returns the tasks of the log's threads that are ready. */
    List<Runnable> tasks();

    /** Stores the waiting events, before the log is closed. */
    void finish();

    /** Ends the process: only the disk stays. */
    void kill();

    /** Lets something happen to the disk. */
    void act(StepKind kind, Random random);

    /** Ends all faults of the disk. */
    void recover();

    /** Verifies what must hold while no task is ready. */
    void checkSettled(SimulatedServer server);

    /** A log in memory: it ends with its process. */
    record Memory(World world) implements SimulatedStore {

        @Override
        public EventLog open(String epoch) {
            return new MemoryLog(epoch, world.scenario.window(), world.clock::nanoTime);
        }

        @Override
        public void compareWithModel(SimulatedServer server) {
            world.model.clear();
            world.model.beginEpoch(server.log.idOf(server.log.head()));
        }

        @Override
        public List<Runnable> tasks() {
            return List.of();
        }

        @Override
        public void finish() {}

        @Override
        public void kill() {}

        @Override
        public void act(StepKind kind, Random random) {}

        @Override
        public void recover() {}

        @Override
        public void checkSettled(SimulatedServer server) {}
    }
}
