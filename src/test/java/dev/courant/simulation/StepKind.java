package dev.courant.simulation;

/** The actions of a simulation, and how often each occurs relative to the others. */
enum StepKind {
    PUBLISH(16),
    REPEAT_PUBLICATION(3),
    MISUSE_KEY(1),
    /** Runs one of the tasks that are ready: a turn of a thread, a signal of a connection, a reconnection. */
    RUN_TASK(40),
    /** Runs all tasks until none is ready, then checks that each subscriber that reads is up to date. */
    SETTLE(4),
    /** Lets up to 50 ms pass. */
    WAIT_BRIEFLY(8),
    /** Lets up to 20 s pass. */
    WAIT(2),
    /** Lets minutes pass. */
    WAIT_LONG(1),
    /** Lets time pass in which no thread runs, as if the computer were suspended. */
    SUSPEND(1),
    READ(10),
    CHANGE_PACE(3),
    DISCONNECT(3),
    DISCONNECT_SILENTLY(1),
    MOVE(1),
    KILL(1),
    STOP(1),
    START(6),
    POWER_CUT(1),
    FILL_DISK(1),
    FREE_DISK(2),
    FAIL_DISK(1),
    REPAIR_DISK(2),
    SLOW_DISK(1),
    FLIP_BIT(1),
    JUMP_CLOCK(1),
    BACK_UP(1),
    RESTORE(1);

    final int weight;

    StepKind(int weight) {
        this.weight = weight;
    }
}
