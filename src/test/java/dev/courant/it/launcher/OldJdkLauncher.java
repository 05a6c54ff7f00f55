package dev.courant.it.launcher;

import java.lang.reflect.InvocationTargetException;

/**
 * A program that starts the launcher with the version of another JDK. Two {@code -D} options do not suffice, since the JVM
 * overwrites its version.
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
