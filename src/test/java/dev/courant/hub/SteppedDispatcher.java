package dev.courant.hub;

/** A dispatcher thread that never starts: the test runs each of its turns. */
public final class SteppedDispatcher extends Thread {

    private final DispatcherThread loop;

    /** @param loop as the hub passes it to its thread factory */
    public SteppedDispatcher(Runnable loop) {
        this.loop = (DispatcherThread) loop;
    }

    @Override
    public void start() {}

    /** Returns whether the thread would be running now, because work was added since its last turn. */
    public boolean isSignalled() {
        return loop.signalled.get();
    }

    /** Runs a turn. Returns whether the next one must follow at once. An exception of the turn is thrown. */
    public boolean runTurn() {
        loop.signalled.set(false);
        return loop.dispatcher.runTurn();
    }
}
