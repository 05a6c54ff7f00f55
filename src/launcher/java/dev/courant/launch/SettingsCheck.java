package dev.courant.launch;

import java.io.IOException;
import java.io.InputStream;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Has the application inside the jar check its settings before the server starts: the server takes long to come to them,
 * and logs pages about a wrong one. What only the server knows, such as MicroProfile Config, is checked at deployment.
 */
final class SettingsCheck {

    private static final String VALIDATOR = "dev.courant.app.SettingsValidator";
    private static final String WAR = "/MICRO-INF/deploy/ROOT.war";
    private static final String RUNTIME = "/MICRO-INF/runtime/";

    private SettingsCheck() {}

    static void refuseInvalid() throws StartFailure {
        Object problem;
        Logger root = Logger.getLogger("");
        Level level = root.getLevel();
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        root.setLevel(Level.OFF); // the application will log the same when it is deployed
        try {
            ClassLoader war = new WarClassLoader(
                    open(WAR), open(RUNTIME + "jakarta.json.jar"), open(RUNTIME + "jakarta.servlet-api.jar"));
            Thread.currentThread().setContextClassLoader(war);
            problem = war.loadClass(VALIDATOR).getMethod("findProblem").invoke(null);
        } catch (IOException | ReflectiveOperationException | LinkageError incomplete) {
            return; // The jar was put together in another way. The application checks its settings itself.
        } finally {
            Thread.currentThread().setContextClassLoader(before);
            root.setLevel(level);
        }
        if (problem != null) {
            throw StartFailure.failed("Courant did not come up: " + problem, null);
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
