package dev.courant.stream.server;

import dev.courant.stream.BackgroundWriteOutput;
import dev.courant.stream.ServerTransport;
import dev.courant.stream.WriteRetryLoop;

/**
 * The end of a stream whose write blocks a thread, on Open Liberty over TLS or HTTP/2. It interrupts that thread, and
 * Liberty then closes the connection. Liberty occupies one of its few threads for a moment with that, or for five
 * seconds if the socket is already closed. So this class leaves the socket open, and streams end one after the other.
 * Otherwise the server could run out of threads.
 */
final class LibertyStreamEnd implements WriteRetryLoop.PendingWrite {

    private final ServerTransport transport;
    private final BackgroundWriteOutput output;
    private final WriteRetryLoop retryLoop;
    private final Runnable completion;
    private boolean aborted;

    LibertyStreamEnd(
            ServerTransport transport, BackgroundWriteOutput output, WriteRetryLoop retryLoop, Runnable completion) {
        this.transport = transport;
        this.output = output;
        this.retryLoop = retryLoop;
        this.completion = completion;
    }

    @Override
    public boolean retry() {
        if (!aborted && !retryLoop.tryAcquirePermit()) {
            return false;
        }
        boolean stopped = output.interruptWrite();
        if (!aborted) {
            aborted = true;
            transport.abort();
        }
        if (stopped) {
            completion.run();
        }
        return stopped;
    }
}
