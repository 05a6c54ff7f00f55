package dev.courant.launch;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URL;
import java.util.List;

/**
 * Payara Micro, started and asked by reflection: its classes need a newer Java than ours.
 *
 * <p>Its {@code create} is called rather than its {@code main}, which logs a failure and then returns as if all were
 * well.
 */
final class PayaraMicroServer {

    /** The system property in which the application says at which path it is, while it is deployed. */
    private static final String DEPLOYED_AT = "dev.courant.deployed-at";

    /** The system property in which the application says why it could not be deployed. */
    private static final String FAILURE = "courant.failure";

    /**
     * The property by which Grizzly refuses bytes beyond ASCII in headers, with an empty {@code 400}. A browser with such a
     * cookie would be locked out for good. The application refuses the control characters that pass Grizzly without it.
     */
    private static final String STRICT_HEADERS = "org.glassfish.grizzly.http.STRICT_HEADER_VALUE_VALIDATION_RFC_9110";

    private static final String MEMORY_MANAGER = "org.glassfish.grizzly.DEFAULT_MEMORY_MANAGER";

    private static final int FIRST_REQUEST_MILLIS = 1000;

    private final Object payara;

    private PayaraMicroServer(Object payara) {
        this.payara = payara;
    }

    static PayaraMicroServer start(List<String> args) throws StartFailure {
        if (System.getProperty(STRICT_HEADERS) == null) {
            System.setProperty(STRICT_HEADERS, "false");
        }
        // Grizzly's default reuses the memory of pipelined requests too early: the second response overwrites the
        // third.
        if (System.getProperty(MEMORY_MANAGER) == null) {
            System.setProperty(MEMORY_MANAGER, "org.glassfish.grizzly.memory.ByteBufferManager");
        }
        try {
            Class<?> launcher = Class.forName("fish.payara.micro.boot.PayaraMicroLauncher");
            Object arguments = args.toArray(new String[0]);
            return new PayaraMicroServer(
                    launcher.getMethod("create", String[].class).invoke(null, arguments));
        } catch (ReflectiveOperationException e) {
            Throwable cause = cause(e);
            throw StartFailure.failed("Courant could not start: " + cause, cause);
        }
    }

    /**
     * Returns the address of the page on this machine once the application is deployed and the port is bound. All of it
     * is asked within the process: over the network, the question would wait behind all clients that reconnect.
     */
    String readyAddress() throws StartFailure {
        try {
            String path = System.getProperty(DEPLOYED_AT);
            if (path == null || System.getProperty(FAILURE) != null) {
                throw new IOException("the application in it did not start");
            }
            int port = httpPort();
            if (!HttpPort.isBound(port)) {
                throw new IOException("nothing accepts connections at port " + port);
            }
            URL page = new URL("http", "localhost", port, path);
            request(page);
            return page.toString();
        } catch (IOException | ReflectiveOperationException e) {
            String why = System.getProperty(FAILURE);
            String told = why != null ? why : cause(e).getMessage() + ". The log says why";
            throw StartFailure.failed("Courant did not come up: " + told, e);
        }
    }

    /**
     * Makes the first request to the listener, so that the application can add to the listener what it needs there. What
     * comes of it does not matter: it may wait behind clients that reconnect.
     */
    private static void request(URL page) {
        try {
            HttpURLConnection connection = (HttpURLConnection) page.openConnection(Proxy.NO_PROXY);
            connection.setRequestMethod("HEAD");
            connection.setConnectTimeout(FIRST_REQUEST_MILLIS);
            connection.setReadTimeout(FIRST_REQUEST_MILLIS);
            connection.getResponseCode();
            connection.disconnect();
        } catch (IOException othersDoTheSame) {
            // Any other request has the same effect.
        }
    }

    /** Returns the port that the server has chosen, or the configured one where it does not say. */
    private int httpPort() throws ReflectiveOperationException {
        Object descriptor = ask(ask(payara, "getRuntime"), "getLocalDescriptor");
        for (Object each : (List<?>) ask(descriptor, "getApplicationURLS")) {
            URL url = (URL) each;
            if (url.getProtocol().equals("http")) {
                return url.getPort();
            }
        }
        // The listener was opened after the application had started, so the server does not put the two together.
        return (Integer) ask(payara, "getHttpPort");
    }

    private static Object ask(Object object, String getter) throws ReflectiveOperationException {
        return object.getClass().getMethod(getter).invoke(object);
    }

    private static Throwable cause(Throwable failure) {
        Throwable cause = failure;
        while (cause instanceof InvocationTargetException && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }
}
