package dev.courant.launch;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.InvocationTargetException;
import java.net.JarURLConnection;
import java.net.URL;
import java.util.Collections;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;

/**
 * The check of the options by the parser of Payara Micro. The server would report a misspelled option among other
 * lines, and exit with the status 255.
 */
final class ServerOptions {

    private static final String PARSER = "fish.payara.micro.cmd.options.RuntimeOptions";
    private static final String RUNTIME = "/MICRO-INF/runtime/";
    private static final String CORE = "payara-micro-core";

    private ServerOptions() {}

    static void requireValid(List<String> arguments) throws StartFailure {
        try (InputStream core = openCore()) {
            new WarClassLoader(new ByteArrayInputStream(new byte[0]), core)
                    .loadClass(PARSER)
                    .getConstructor(String[].class)
                    .newInstance((Object) arguments.toArray(new String[0]));
        } catch (InvocationTargetException invalid) {
            if (!(invalid.getCause() instanceof Error)) { // the parser of --deploy needs other libraries
                String message = String.valueOf(invalid.getCause().getMessage());
                throw StartFailure.ofUsage(
                        message.replaceFirst(" try --help.*", "") + ". To list the options, use --help");
            }
        } catch (IOException | ReflectiveOperationException | LinkageError incomplete) {
            // The jar was built in another way. The server checks its options itself.
        }
    }

    /** Opens the library with the parser, whose name includes a version. */
    private static InputStream openCore() throws IOException {
        URL runtime = ServerOptions.class.getResource(RUNTIME);
        if (runtime == null) {
            throw new IOException(RUNTIME + " is missing");
        }
        JarFile jar = ((JarURLConnection) runtime.openConnection()).getJarFile();
        for (JarEntry entry : Collections.list(jar.entries())) {
            if (entry.getName().contains(CORE)) {
                return jar.getInputStream(entry);
            }
        }
        throw new IOException(CORE + " is missing");
    }
}
