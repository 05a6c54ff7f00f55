package dev.courant.brokers;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/** A source of free ports. They lie below the ephemeral ports, so that no outgoing connection takes one in between. */
public final class FreePorts {

    private static final int FIRST = 15_000;
    private static final int END = 32_000;

    private static final Set<Integer> RETURNED = new HashSet<>();

    private FreePorts() {}

    public static synchronized int free() {
        while (true) {
            int port = ThreadLocalRandom.current().nextInt(FIRST, END);
            try (ServerSocket free = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                if (RETURNED.add(free.getLocalPort())) {
                    return port;
                }
            } catch (IOException taken) {
                // Try another port.
            }
        }
    }
}
