package dev.courant.stream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.courant.support.TestDeadline;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A fake asynchronous response, as strict as Servlet 6, section 5.7 allows. It records each write or flush without a
 * preceding {@code isReady} that returned true, and concurrent calls. Like Open Liberty, it accepts a write only from
 * the thread that called {@code isReady}, and ignores the first flush.
 */
public class FakeServer extends ServletOutputStream {

    final Queue<String> violations = new ConcurrentLinkedQueue<>();
    final AtomicInteger completions = new AtomicInteger();
    final AtomicInteger flushes = new AtomicInteger();
    final CountDownLatch completed = new CountDownLatch(1);
    public volatile @Nullable Exception breaksWith;
    volatile @Nullable Exception failsToComplete;
    volatile @Nullable AsyncListener asyncListener;
    volatile long timeout = -1;

    /** Runs inside {@code isReady} before that returns false. */
    volatile Runnable roomLater = () -> {};

    private final BooleanSupplier hasRoom;
    private final Executor callbacks;
    private final AtomicReference<@Nullable Thread> inside = new AtomicReference<>();
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private volatile boolean mayWrite;
    private volatile @Nullable Thread readyThread;
    private volatile boolean isBlocking;
    private volatile boolean firstFlushIgnored;
    private volatile boolean owesCallback;
    private volatile @Nullable WriteListener listener;

    /** @param hasRoom called by {@code isReady} after each write; if false, {@link #makeRoom} calls the listener */
    public FakeServer(BooleanSupplier hasRoom, Executor callbacks) {
        this.hasRoom = hasRoom;
        this.callbacks = callbacks;
    }

    AsyncContext context() {
        return (AsyncContext) Proxy.newProxyInstance(
                AsyncContext.class.getClassLoader(), new Class<?>[] {AsyncContext.class}, (self, method, arguments) -> {
                    switch (method.getName()) {
                        case "setTimeout" -> timeout = (long) arguments[0];
                        case "addListener" -> asyncListener = (AsyncListener) arguments[0];
                        case "complete" -> complete((AsyncContext) self);
                        case "getRequest", "getResponse" -> {} // called by each AsyncEvent
                        default -> throw new UnsupportedOperationException(method.getName());
                    }
                    return null;
                });
    }

    /** Calls the listener if {@code isReady} has returned false since the last call. */
    void makeRoom() {
        if (owesCallback) {
            owesCallback = false;
            callbacks.execute(() -> {
                mayWrite = true;
                try {
                    listener.onWritePossible();
                } catch (IOException | RuntimeException failed) {
                    violations.add("callback failed: " + failed);
                }
            });
        }
    }

    /** Allows a write without {@code isReady}, as a blocking response does. */
    public void makeWritable() {
        mayWrite = true;
        isBlocking = true;
    }

    public String written() {
        synchronized (bytes) {
            return bytes.toString(UTF_8);
        }
    }

    /** Waits until this number of bytes is written, within the test deadline. */
    void awaitWritten(int length) throws InterruptedException {
        long deadline = System.nanoTime() + TestDeadline.DURATION.toNanos();
        synchronized (bytes) {
            for (long left = 1; bytes.size() < length && left > 0; ) {
                left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
                bytes.wait(Math.max(1, left));
            }
            assertEquals(length, bytes.size());
        }
    }

    void assertProtocolKept() {
        assertEquals(List.of(), List.copyOf(violations));
    }

    @Override
    public void setWriteListener(WriteListener given) {
        listener = given;
        owesCallback = true;
        makeRoom();
    }

    @Override
    public boolean isReady() {
        readyThread = Thread.currentThread();
        if (mayWrite || owesCallback || completions.get() > 0) {
            return mayWrite;
        }
        boolean room = hasRoom.getAsBoolean();
        if (room) {
            mayWrite = true;
        } else {
            owesCallback = true;
            roomLater.run();
        }
        return room; // the callback may have run by now
    }

    @Override
    public void write(byte[] given, int offset, int length) throws IOException {
        writeExclusively("write", () -> {
            synchronized (bytes) {
                bytes.write(given, offset, length);
                bytes.notifyAll();
            }
        });
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void flush() throws IOException {
        writeExclusively("flush", () -> {
            if (firstFlushIgnored) {
                flushes.incrementAndGet();
            }
            firstFlushIgnored = true;
        });
    }

    private void writeExclusively(String what, Runnable work) throws IOException {
        if (!inside.compareAndSet(null, Thread.currentThread())) {
            violations.add(what + " by two threads at once");
        }
        if (completions.get() > 0) {
            violations.add(what + " after completion");
        }
        if (!mayWrite || !(isBlocking || readyThread == Thread.currentThread())) {
            violations.add(what + " while not ready");
        }
        mayWrite = false; // until the next isReady
        try {
            if (breaksWith instanceof IOException broken) {
                throw broken;
            } else if (breaksWith instanceof RuntimeException broken) {
                throw broken;
            }
            work.run();
        } finally {
            inside.set(null);
        }
    }

    private void complete(AsyncContext context) throws Exception {
        if (completions.getAndIncrement() > 0) {
            violations.add("completed twice");
        }
        if (failsToComplete != null) {
            throw failsToComplete;
        }
        asyncListener.onComplete(new AsyncEvent(context));
        completed.countDown();
    }
}
