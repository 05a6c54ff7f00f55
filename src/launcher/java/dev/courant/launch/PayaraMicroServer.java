package dev.courant.launch;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URL;
import java.util.List;

/**
 * Payara Micro, called by reflection: its classes need a newer Java version than the launcher.
 *
 * <p>The launcher calls {@code create} instead of {@code main}, which logs a failure and then returns normally.
 */
final class PayaraMicroServer {

    /** The system property with the path of the deployed application, which the application sets. */
    private static final String DEPLOYED_AT = "dev.courant.deployed-at";

    /** The system property with the reason why the deployment failed, which the application sets. */
    private static final String FAILURE = "courant.failure";

    /**
     * The property for a strict check of headers, which the launcher disables. With the check, Grizzly responds to
     * non-ASCII bytes in headers with an empty {@code 400}, so that a browser with such a cookie could never connect.
     * Without it, Grizzly accepts some control characters, which the application then rejects.
     */
    private static final String STRICT_HEADERS = "org.glassfish.grizzly.http.STRICT_HEADER_VALUE_VALIDATION_RFC_9110";

    private static final String MEMORY_MANAGER = "org.glassfish.grizzly.DEFAULT_MEMORY_MANAGER";

    private static final int FIRST_REQUEST_MILLIS = 1000;

    private final Object payara;

    private PayaraMicroServer(Object payara) {
        this.payara = payara;
    }

    static PayaraMicroServer start(List<String> arguments) throws StartFailure {
        if (System.getProperty(STRICT_HEADERS) == null) {
            System.setProperty(STRICT_HEADERS, "false");
        }
        // The default manager reuses memory too early: if a client pipelines three requests, the second response
        // overwrites the third request.
        if (System.getProperty(MEMORY_MANAGER) == null) {
            System.setProperty(MEMORY_MANAGER, "org.glassfish.grizzly.memory.ByteBufferManager");
        }
        try {
            Class<?> launcher = Class.forName("fish.payara.micro.boot.PayaraMicroLauncher");
            Object array = arguments.toArray(new String[0]);
            return new PayaraMicroServer(
                    launcher.getMethod("create", String[].class).invoke(null, array));
        } catch (ReflectiveOperationException e) {
            Throwable cause = unwrap(e);
            throw StartFailure.ofEnvironment("Courant could not start: " + cause, cause);
        }
    }

    /**
     * Checks that the application is deployed and the port is bound, and returns the URL of the page on this machine.
     * The checks use the state of the process: a request over the network would wait behind all clients that reconnect.
     */
    String requireReady() throws StartFailure {
        try {
            String path = System.getProperty(DEPLOYED_AT);
            if (path == null || System.getProperty(FAILURE) != null) {
                throw new IOException("the application was not deployed");
            }
            int port = httpPort();
            if (!HttpPort.isBound(port)) {
                throw new IOException("no process accepts connections at port " + port);
            }
            URL page = new URL("http", "localhost", port, path);
            sendFirstRequest(page);
            return page.toString();
        } catch (IOException | ReflectiveOperationException e) {
            String failure = System.getProperty(FAILURE);
            String reason = failure != null ? failure : unwrap(e).getMessage() + ". See the log for the cause.";
            throw StartFailure.ofEnvironment("Courant did not start: " + reason, e);
        }
    }

    /**
     * Sends the first request to the listener. The application then adds its Grizzly probes, which repair requests, to
     * the listener. The response does not matter. The request may wait behind clients that reconnect.
     */
    private static void sendFirstRequest(URL page) {
        try {
            HttpURLConnection connection = (HttpURLConnection) page.openConnection(Proxy.NO_PROXY);
            connection.setRequestMethod("HEAD");
            connection.setConnectTimeout(FIRST_REQUEST_MILLIS);
            connection.setReadTimeout(FIRST_REQUEST_MILLIS);
            connection.getResponseCode();
            connection.disconnect();
        } catch (IOException ignored) {
            // The next request of a client has the same effect.
        }
    }

    /** Returns the port that the server has chosen, or the configured port if the server does not report one. */
    private int httpPort() throws ReflectiveOperationException {
        Object descriptor = invokeGetter(invokeGetter(payara, "getRuntime"), "getLocalDescriptor");
        for (Object address : (List<?>) invokeGetter(descriptor, "getApplicationURLS")) {
            URL url = (URL) address;
            if (url.getProtocol().equals("http")) {
                return url.getPort();
            }
        }
        // The server does not report a listener that was enabled after the deployment.
        int port = (Integer) invokeGetter(payara, "getHttpPort");
        return port > 0 ? port : HttpPort.DEFAULT; // negative if the command line names no port
    }

    private static Object invokeGetter(Object object, String getter) throws ReflectiveOperationException {
        return object.getClass().getMethod(getter).invoke(object);
    }

    private static Throwable unwrap(Throwable failure) {
        Throwable cause = failure;
        while (cause instanceof InvocationTargetException && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }
}
