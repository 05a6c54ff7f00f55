package dev.courant.launch;

import java.io.IOException;
import java.io.InputStream;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The check of all settings before the server starts, made by a class of the application in the jar. The server would
 * report an invalid setting later, on pages of log. Settings that only the server has, such as MicroProfile Config, are
 * checked at deployment.
 */
final class SettingsCheck {

    private static final String VALIDATOR = "dev.courant.app.SettingsValidator";
    private static final String WAR = "/MICRO-INF/deploy/ROOT.war";
    private static final String RUNTIME = "/MICRO-INF/runtime/";

    private SettingsCheck() {}

    static void requireValid() throws StartFailure {
        Object problem;
        Logger root = Logger.getLogger("");
        Level level = root.getLevel();
        ClassLoader previous = Thread.currentThread().getContextClassLoader();
        root.setLevel(Level.OFF); // the application logs the same at deployment
        try {
            ClassLoader war = new WarClassLoader(
                    open(WAR), open(RUNTIME + "jakarta.json.jar"), open(RUNTIME + "jakarta.servlet-api.jar"));
            Thread.currentThread().setContextClassLoader(war);
            problem = war.loadClass(VALIDATOR).getMethod("findProblem").invoke(null);
        } catch (IOException | ReflectiveOperationException | LinkageError incomplete) {
            return; // The jar was built in another way. The application checks its settings at deployment.
        } finally {
            Thread.currentThread().setContextClassLoader(previous);
            root.setLevel(level);
        }
        if (problem != null) {
            throw StartFailure.ofEnvironment("Courant did not start: " + problem, null);
        }
    }

    private static InputStream open(String name) throws IOException {
        InputStream in = SettingsCheck.class.getResourceAsStream(name);
        if (in == null) {
            throw new IOException(name + " is missing");
        }
        return in;
    }
}
