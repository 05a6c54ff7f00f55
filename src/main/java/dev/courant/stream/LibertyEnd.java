package dev.courant.stream;

/**
 * The end of a stream for which a thread may wait, on Open Liberty by TLS and HTTP/2. The thread is told to give up, with
 * which Liberty closes the connection. That takes one of its few threads for a moment, or, of a socket that is closed
 * already, for five seconds: so it is not closed, and there is one end after the other, or the whole server stands still.
 */
final class LibertyEnd implements Trickle.Rest {

    private final Pipe pipe;
    private final HandedOutput output;
    private final Trickle trickle;
    private final Runnable completion;
    private boolean begun;

    LibertyEnd(Pipe pipe, HandedOutput output, Trickle trickle, Runnable completion) {
        this.pipe = pipe;
        this.output = output;
        this.trickle = trickle;
        this.completion = completion;
    }

    @Override
    public boolean isSent() {
        if (!begun && !trickle.isTurn()) {
            return false;
        }
        boolean over = output.giveUp();
        if (!begun) {
            begun = true;
            pipe.cut();
        }
        if (over) {
            completion.run();
        }
        return over;
    }
}
