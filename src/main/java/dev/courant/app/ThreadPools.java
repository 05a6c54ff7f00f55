package dev.courant.app;

import dev.courant.publish.PendingPublishes;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The thread pools of the application. Their threads end after 10 seconds without a task.
 *
 * @param response writes responses to publications
 * @param history reads events that the window has evicted
 * @param close ends streams
 * @param blockedWrite runs writes that block on some servers while the client does not read
 * @param eventStreams reads bodies with several events
 */
record ThreadPools(
        ExecutorService response,
        ExecutorService history,
        ExecutorService close,
        ExecutorService blockedWrite,
        ExecutorService eventStreams) {

    /** The number of threads in most pools. Their tasks may block, for example on a disk. */
    private static final int THREADS = 4;

    /**
     * The maximum number of blocked writes. On some servers, a write blocks its thread while the client does not read,
     * until Courant disconnects the client.
     */
    private static final int MAX_BLOCKED_WRITES = 64;

    private static final int STOP_SECONDS = 5;

    static ThreadPools create(ThreadFactory factory) {
        // Dispatchers have the other half of the cores. One more thread checks for deadlines.
        int readers = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
        return new ThreadPools(
                create(THREADS, factory),
                create(THREADS, factory),
                create(THREADS, factory),
                create(MAX_BLOCKED_WRITES, factory),
                create(readers + 1, factory));
    }

    private static ExecutorService create(int threads, ThreadFactory factory) {
        ThreadPoolExecutor pool =
                new ThreadPoolExecutor(threads, threads, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), factory);
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }

    /** Stops all pools after the hub is closed, and responds to all publications. */
    void stop(PendingPublishes pendingPublishes) {
        history.shutdownNow();
        eventStreams.shutdown();
        response.shutdown();
        blockedWrite.shutdown();
        close.shutdown();
        try {
            response.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS);
            pendingPublishes.failAll();
            close.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
