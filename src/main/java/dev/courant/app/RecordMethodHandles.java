package dev.courant.app;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.runtime.ObjectMethods;

/**
 * What the JDK remembers of records. Before 19 its own method handles hold on to the types that they were last adapted
 * to, that is to the record whose {@code equals} or {@code hashCode} was first called last, hence to the class loader of
 * an application that has gone. Adapting them to types of the JDK's lets go of it.
 */
final class RecordMethodHandles {

    private static final Logger LOG = System.getLogger(RecordMethodHandles.class.getName());

    private RecordMethodHandles() {}

    static void forget() {
        MethodHandles.Lookup lookup = MethodHandles.publicLookup();
        try {
            MethodHandle text = lookup.findVirtual(Record.class, "toString", MethodType.methodType(String.class));
            MethodType equals = MethodType.methodType(boolean.class, Record.class, Object.class);
            MethodType hashCode = MethodType.methodType(int.class, Record.class);
            ObjectMethods.bootstrap(lookup, "equals", equals, Record.class, "text", text);
            ObjectMethods.bootstrap(lookup, "hashCode", hashCode, Record.class, "text", text);
        } catch (Throwable otherwise) {
            // A JDK that takes this amiss is newer, and needs none of it.
            LOG.log(Level.DEBUG, "The JDK's memory of records is as it was", otherwise);
        }
    }
}
