package dev.courant.stream.server;

import dev.courant.stream.BackgroundWriteOutput;
import dev.courant.stream.ServerTransport;
import dev.courant.stream.WriteRetryLoop;

/**
 * The end of a stream for which a thread may wait, on Open Liberty by TLS and HTTP/2. The thread is told to give up, with
 * which Liberty closes the connection. That takes one of its few threads for a moment, or, of a socket that is closed
 * already, for five seconds: so it is not closed, and there is one end after the other, or the whole server stands still.
 */
final class LibertyStreamEnd implements WriteRetryLoop.Rest {

    private final ServerTransport pipe;
    private final BackgroundWriteOutput output;
    private final WriteRetryLoop trickle;
    private final Runnable completion;
    private boolean begun;

    LibertyStreamEnd(ServerTransport pipe, BackgroundWriteOutput output, WriteRetryLoop trickle, Runnable completion) {
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
