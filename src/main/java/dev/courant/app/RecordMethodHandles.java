package dev.courant.app;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.runtime.ObjectMethods;

/**
 * The method handles that the JDK shares for {@code equals} and {@code hashCode} of records. Before JDK 19 they refer
 * to the last record type that used them. If it belongs to an undeployed application, its class loader cannot be
 * collected. This class uses them with a type of the JDK, which replaces the reference.
 */
final class RecordMethodHandles {

    private static final Logger LOG = System.getLogger(RecordMethodHandles.class.getName());

    private RecordMethodHandles() {}

    static void release() {
        MethodHandles.Lookup lookup = MethodHandles.publicLookup();
        try {
            MethodHandle text = lookup.findVirtual(Record.class, "toString", MethodType.methodType(String.class));
            MethodType equals = MethodType.methodType(boolean.class, Record.class, Object.class);
            MethodType hashCode = MethodType.methodType(int.class, Record.class);
            ObjectMethods.bootstrap(lookup, "equals", equals, Record.class, "text", text);
            ObjectMethods.bootstrap(lookup, "hashCode", hashCode, Record.class, "text", text);
        } catch (Throwable failure) {
            // Only a newer JDK can fail here, and it does not need the replacement.
            LOG.log(Level.DEBUG, "The JDK's method handles of records were not replaced", failure);
        }
    }
}
