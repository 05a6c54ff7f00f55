package dev.courant.launch;

import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** The requested HTTP port, or 0 if the server chooses a free port or reads the port from its own configuration. */
final class HttpPort {

    static final int DEFAULT = 8080;
    private static final int MAX = 65535;

    private final int number;

    private HttpPort(int number) {
        this.number = number;
    }

    static HttpPort of(CommandLine commandLine) throws StartFailure {
        int number = isConfiguredElsewhere(commandLine) ? 0 : DEFAULT;
        for (String value : commandLine.findValues("--port")) {
            number = parse(value);
        }
        boolean chosenByServer = commandLine.has("--autobindhttp") || isConfigured("payaramicro.autoBindHttp");
        return new HttpPort(chosenByServer ? 0 : number);
    }

    private static int parse(String value) throws StartFailure {
        if (value.isEmpty()) {
            throw StartFailure.ofUsage("--port has no value. Use a number from 1 to " + MAX);
        }
        try {
            int number = Integer.parseInt(value);
            if (number >= 1 && number <= MAX) {
                return number;
            }
        } catch (NumberFormatException notANumber) {
            // The code below rejects it in the same way as a number out of range.
        }
        throw StartFailure.ofUsage("--port " + value + " is invalid. Use a number from 1 to " + MAX);
    }

    private static boolean isConfiguredElsewhere(CommandLine commandLine) {
        return commandLine.has("--domainconfig", "--rootdir", "--systemproperties") || isConfigured("payaramicro.port");
    }

    /** Returns whether a setting of Payara Micro is a system property, or an environment variable with underscores. */
    private static boolean isConfigured(String setting) {
        return System.getProperty(setting) != null || System.getenv(setting.replace('.', '_')) != null;
    }

    /**
     * Lets the server listen on IPv4 and IPv6, if the machine has both. Payara Micro would set the property to {@code
     * true}. Call this before the first socket is opened, when the JDK reads the property.
     */
    static void enableIpv4AndIpv6() {
        System.setProperty("java.net.preferIPv4Stack", System.getProperty("java.net.preferIPv4Stack", "false"));
    }

    /** Checks that no other process uses the port. */
    void requireFree() throws StartFailure {
        if (number == 0) {
            return;
        }
        try (ServerSocket socket = new ServerSocket(number)) {
            socket.getLocalPort();
        } catch (IOException e) {
            String reason = String.valueOf(e.getMessage());
            throw StartFailure.ofEnvironment(
                    "Port " + number + (reason.contains("in use") ? " is already in use" : " cannot be used: " + reason)
                            + ". Choose another with --port <number>, or let the server find one with --autobindhttp",
                    e);
        }
    }

    /**
     * Returns whether the port is bound, most likely by a process that accepts connections. The result is also true if
     * connections at the port have just ended, because {@code SO_REUSEADDR} is off.
     */
    static boolean isBound(int port) throws IOException {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(false);
            socket.bind(new InetSocketAddress(port));
            return false;
        } catch (BindException taken) {
            return true;
        }
    }

    /** Sets the system property from which the application logs the URL of its page. */
    void setAddressProperty() {
        if (number != 0) {
            System.setProperty("dev.courant.address", "http://localhost:" + number + "/");
        }
    }

    @Override
    public String toString() {
        return number == 0 ? "" : " on port " + number;
    }
}
