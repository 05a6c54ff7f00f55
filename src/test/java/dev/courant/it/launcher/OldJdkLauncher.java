package dev.courant.it.launcher;

import java.lang.reflect.InvocationTargetException;

/**
 * Starts the launcher as if on another JDK. A program rather than two {@code -D}: the JVM does not let its own version
 * be set from the command line.
 */
final class OldJdkLauncher {

    private OldJdkLauncher() {}

    public static void main(String[] args) throws ReflectiveOperationException {
        System.setProperty("java.specification.version", args[0]);
        System.setProperty("java.version", args[1]);
        try {
            Class.forName("dev.courant.launch.Courant")
                    .getMethod("main", String[].class)
                    .invoke(null, (Object) new String[0]);
        } catch (InvocationTargetException e) {
            throw new AssertionError(e.getCause());
        }
    }
}
