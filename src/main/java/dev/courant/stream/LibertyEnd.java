package dev.courant.stream;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.Socket;

/**
 * The end of a stream for which a thread may wait, on Open Liberty by TLS and HTTP/2. The thread is told to give up, with
 * which Liberty closes the connection. That takes one of its few threads for a moment, or, of a socket that is closed
 * already, for five seconds: so it is not closed, and there is one end after the other, or the whole server stands still.
 */
final class LibertyEnd implements Trickle.Rest {

    private static final Logger LOG = System.getLogger(LibertyEnd.class.getName());

    private final Socket socket;
    private final HandedOutput output;
    private final Trickle trickle;
    private final Runnable completion;
    private boolean begun;

    LibertyEnd(Socket socket, HandedOutput output, Trickle trickle, Runnable completion) {
        this.socket = socket;
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
            cut();
        }
        if (over) {
            completion.run();
        }
        return over;
    }

    /** Whoever waits is told. Of a socket that is closed nobody is: Liberty's threads would wait for ever. */
    private void cut() {
        try {
            socket.setSoLinger(true, 0); // or, once the server closes it, the kernel goes on trying
            socket.shutdownInput();
            socket.shutdownOutput();
        } catch (IOException gone) {
            LOG.log(Level.DEBUG, "A connection is gone", gone);
        }
    }
}
