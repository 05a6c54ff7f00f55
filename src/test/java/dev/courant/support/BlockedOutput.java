package dev.courant.support;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.util.concurrent.CountDownLatch;

/** An output stream that blocks in each write until it is interrupted. As on Open Liberty, the write then returns. */
public final class BlockedOutput extends ServletOutputStream {

    public final CountDownLatch blocked = new CountDownLatch(1);
    public final CountDownLatch interrupted = new CountDownLatch(1);

    @Override
    public void write(byte[] bytes, int offset, int length) {
        blocked.countDown();
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException expected) {
            interrupted.countDown();
        }
    }

    @Override
    public void write(int b) {
        write(new byte[1], 0, 1);
    }

    @Override
    public boolean isReady() {
        return true;
    }

    @Override
    public void setWriteListener(WriteListener listener) {}
}
