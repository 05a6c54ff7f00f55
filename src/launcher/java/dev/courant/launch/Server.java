package dev.courant.launch;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URL;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;

/**
 * Payara Micro, started and asked by reflection: its classes need a newer Java than ours.
 *
 * <p>Its {@code create} is called rather than its {@code main}, which logs a failure and then returns as if all were
 * well.
 */
final class Server {

    private static final int PATIENCE_MILLIS = 30_000;

    private static final String MEMORY_MANAGER = "org.glassfish.grizzly.DEFAULT_MEMORY_MANAGER";

    private final Object payara;

    private Server(Object payara) {
        this.payara = payara;
    }

    static Server start(List<String> args) throws Refusal {
        // Grizzly's default reuses the memory of pipelined requests too early: the second response overwrites the
        // third.
        if (System.getProperty(MEMORY_MANAGER) == null) {
            System.setProperty(MEMORY_MANAGER, "org.glassfish.grizzly.memory.ByteBufferManager");
        }
        try {
            Class<?> launcher = Class.forName("fish.payara.micro.boot.PayaraMicroLauncher");
            Object arguments = args.toArray(new String[0]);
            return new Server(launcher.getMethod("create", String[].class).invoke(null, arguments));
        } catch (ReflectiveOperationException e) {
            Throwable cause = cause(e);
            throw Refusal.failed("Courant could not start: " + cause, cause);
        }
    }

    /** The address of the page on this machine, given only once the page is really served there. */
    String answeringAddress() throws Refusal {
        try {
            URL address = firstApplication();
            HttpURLConnection connection = (HttpURLConnection) address.openConnection(Proxy.NO_PROXY);
            connection.setConnectTimeout(PATIENCE_MILLIS);
            connection.setReadTimeout(PATIENCE_MILLIS);
            int status = connection.getResponseCode();
            connection.disconnect();
            if (status == HttpURLConnection.HTTP_NOT_FOUND || status >= HttpURLConnection.HTTP_INTERNAL_ERROR) {
                throw new IOException(address + " answers " + status);
            }
            return address.toString();
        } catch (IOException | ReflectiveOperationException e) {
            String why = System.getProperty("courant.failure");
            String told = why != null ? why : cause(e).getMessage() + ". The log says why";
            throw Refusal.failed("Courant did not come up: " + told, e);
        }
    }

    private URL firstApplication() throws IOException, ReflectiveOperationException {
        Object descriptor = ask(ask(payara, "getRuntime"), "getLocalDescriptor");
        for (Object each : (List<?>) ask(descriptor, "getApplicationURLS")) {
            URL url = (URL) each;
            if (url.getProtocol().equals("http")) {
                return new URL("http", "localhost", url.getPort(), url.getPath());
            }
        }
        // The listener was opened after the application had started, so the server does not put the two together.
        Iterator<?> applications = ((Collection<?>) ask(descriptor, "getDeployedApplications")).iterator();
        if (!applications.hasNext()) {
            throw new IOException("the application in it did not start");
        }
        Object module = ((Collection<?>) ask(applications.next(), "getModuleDescriptors"))
                .iterator()
                .next();
        return new URL("http", "localhost", (Integer) ask(payara, "getHttpPort"), ask(module, "getContextRoot") + "");
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
