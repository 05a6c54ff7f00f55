package dev.courant.simulation;

import dev.courant.log.EventLog;
import dev.courant.log.MemoryLog;
import java.util.List;

/** The place of the events, which outlives the processes. */
interface SimulatedStore {

    /**
     * Opens the log for a new process.
     *
     * @param epoch a name that no process had before
     */
    EventLog open(String epoch);

    /** Returns the tasks of the log's threads that are ready. */
    List<Runnable> tasks();

    /** A log in memory: it ends with its process. */
    record Memory(World world) implements SimulatedStore {

        @Override
        public EventLog open(String epoch) {
            world.model.clear();
            return new MemoryLog(epoch, world.scenario.window(), world.clock::nanoTime);
        }

        @Override
        public List<Runnable> tasks() {
            return List.of();
        }
    }
}
