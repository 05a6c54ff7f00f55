package dev.courant.launch;

import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** The port asked for, or 0 if only the server can know: it looks for one itself, or its own configuration says. */
final class HttpPort {

    private static final int DEFAULT = 8080;
    private static final int HIGHEST = 65535;

    private final int number;

    private HttpPort(int number) {
        this.number = number;
    }

    static HttpPort of(CommandLine arguments) throws StartFailure {
        int number = configuredElsewhere(arguments) ? 0 : DEFAULT;
        for (String value : arguments.values("--port")) {
            number = parse(value);
        }
        boolean searched = arguments.has("--autobindhttp") || configured("payaramicro.autoBindHttp");
        return new HttpPort(searched ? 0 : number);
    }

    private static int parse(String value) throws StartFailure {
        if (value.isEmpty()) {
            throw StartFailure.misused("--port needs a number from 1 to " + HIGHEST);
        }
        try {
            int number = Integer.parseInt(value);
            if (number >= 1 && number <= HIGHEST) {
                return number;
            }
        } catch (NumberFormatException notANumber) {
            // Told below, as a number out of range is.
        }
        throw StartFailure.misused("--port " + value + " is not a number from 1 to " + HIGHEST);
    }

    private static boolean configuredElsewhere(CommandLine arguments) {
        return arguments.has("--domainconfig", "--rootdir", "--systemproperties") || configured("payaramicro.port");
    }

    /** Payara Micro reads its settings from the environment too, with underscores. */
    private static boolean configured(String setting) {
        return System.getProperty(setting) != null || System.getenv(setting.replace('.', '_')) != null;
    }

    /**
     * Has the server listen on IPv4 and IPv6, where the machine has both. Payara Micro would set the property to {@code
     * true}, and Java reads it once, at the first socket.
     */
    static void useBothFamilies() {
        System.setProperty("java.net.preferIPv4Stack", System.getProperty("java.net.preferIPv4Stack", "false"));
    }

    void refuseTaken() throws StartFailure {
        if (number == 0) {
            return;
        }
        try (ServerSocket socket = new ServerSocket(number)) {
            socket.getLocalPort();
        } catch (IOException e) {
            String reason = String.valueOf(e.getMessage());
            throw StartFailure.failed(
                    "Port " + number + (reason.contains("in use") ? " is already in use" : " cannot be used: " + reason)
                            + ". Choose another with --port <number>, or let the server find one with --autobindhttp",
                    e);
        }
    }

    /**
     * Returns whether a process accepts connections at the port. In doubt it does: without {@code SO_REUSEADDR} a port
     * whose last connections have just ended cannot be bound either.
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

    /** So that what it prints as it starts can be opened. */
    void tellApplication() {
        if (number != 0) {
            System.setProperty("dev.courant.address", "http://localhost:" + number + "/");
        }
    }

    @Override
    public String toString() {
        return number == 0 ? "" : " on port " + number;
    }
}
