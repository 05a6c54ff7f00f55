package dev.courant.simulation;

import static dev.courant.simulation.BrokenRuleException.require;

import dev.courant.journal.SimulatedDisk;
import dev.courant.journal.SteppedJournal;
import dev.courant.log.EventLog;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** A journal on a simulated disk, with the faults of the disk. */
final class JournalStore implements SimulatedStore {

    /** The period of the writer's thread if no event is appended. */
    private static final long WRITER_NANOS = Duration.ofMillis(100).toNanos();

    private final World world;
    private final Scenario.JournalSetup setup;
    private final SimulatedDisk disk;
    private final SurvivalCheck check;
    private @Nullable SteppedJournal journal; // while a process runs
    private long lastTurnAt;
    private int slowness; // the maximum duration of a sync, in milliseconds
    private @Nullable Backup backup;

    /** A copy of the directory, with the events that it must contain. */
    private record Backup(Map<String, byte[]> files, LogModel.Snapshot model, long mustSurvive) {}

    JournalStore(World world) {
        this.world = world;
        setup = world.scenario.journal();
        disk = new SimulatedDisk(world::random, this::passTimeOfSync, line -> world.trace("  the disk %s", line));
        check = new SurvivalCheck(world, setup, disk);
    }

    private void passTimeOfSync() {
        if (slowness > 0) {
            world.clock.advance(Duration.ofMillis(world.random().nextInt(slowness)));
        }
    }

    @Override
    public EventLog open(String epoch) throws IOException {
        journal = SteppedJournal.open(
                disk,
                setup.bounds(),
                setup.synced(),
                world.scenario.window(),
                world.clock::nanoTime,
                world.clock::millis,
                epoch);
        lastTurnAt = world.clock.elapsed();
        return journal.log();
    }

    @Override
    public void compareWithModel(SimulatedServer server) {
        check.afterStart(server);
    }

    @Override
    public List<Runnable> tasks() {
        boolean ready = journal != null
                && (!world.publisher.isAnswered() || world.clock.elapsed() - lastTurnAt >= WRITER_NANOS);
        return ready ? List.of(this::runTurn) : List.of();
    }

    private void runTurn() {
        lastTurnAt = world.clock.elapsed();
        journal.runTurn();
    }

    @Override
    public void finish() {
        journal.finish();
        check.afterStop();
        journal = null;
    }

    @Override
    public void kill() {
        journal = null;
        disk.kill();
    }

    @Override
    public void act(StepKind kind, Random random) {
        switch (kind) {
            case POWER_CUT -> {
                world.operator.kill();
                disk.cutPower();
                check.afterPowerCut();
                world.trace("the power is cut");
            }
            case FILL_DISK -> {
                boolean reported = random.nextBoolean();
                disk.fill(reported ? random.nextInt(30 << 20) : random.nextInt(5000), reported);
                world.trace("the disk is full%s", reported ? "" : ", but does not report it");
            }
            case FREE_DISK -> disk.free();
            case FAIL_DISK -> {
                int percent = random.nextBoolean() ? 100 : 30;
                int which = random.nextInt(3);
                disk.fail(which == 0 ? 0 : percent, which == 1 ? 0 : percent);
                check.afterFault();
                world.trace("the disk fails: %d", which);
            }
            case REPAIR_DISK -> {
                disk.fail(0, 0);
                slowness = 0;
            }
            case SLOW_DISK -> slowness = 1 + random.nextInt(2000);
            case FLIP_BIT -> {
                String file = disk.flipBit();
                check.afterFlip(file);
                world.trace("a bit of '%s' flips", file);
            }
            case BACK_UP -> backUp();
            case RESTORE -> restore();
            default -> {}
        }
    }

    /** Copies the directory, unless the journal reports an outage: it may then contain events that were refused. */
    private void backUp() {
        if (world.server == null || world.server.log.findOutage() == null) {
            backup = new Backup(disk.copyFiles(), world.model.snapshot(), check.mustSurvive());
        }
    }

    private void restore() {
        if (backup != null) {
            world.operator.kill();
            disk.restore(backup.files);
            world.model.restore(backup.model);
            check.afterRestore(backup.mustSurvive);
            world.trace("a backup is restored, up to %d", world.model.head());
        }
    }

    @Override
    public void recover() {
        disk.free();
        disk.fail(0, 0);
        slowness = 0;
    }

    @Override
    public void checkSettled(SimulatedServer server) {
        check.settled(server);
        require(
                disk.size() <= setup.bounds().maxBytes() * 17 / 16,
                Rule.BOUNDED,
                "the journal has %d bytes",
                disk.size());
    }
}
