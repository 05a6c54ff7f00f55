package dev.courant.brokers;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/** Ports that are still free when a server is started on them: below those that systems give to whoever connects. */
public final class FreePorts {

    private static final int FIRST = 15_000;
    private static final int END = 32_000;

    private static final Set<Integer> TAKEN = new HashSet<>();

    private FreePorts() {}

    public static synchronized int free() {
        while (true) {
            int port = ThreadLocalRandom.current().nextInt(FIRST, END);
            try (ServerSocket free = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                if (TAKEN.add(free.getLocalPort())) {
                    return port;
                }
            } catch (IOException taken) {
                // Another one, then.
            }
        }
    }
}
