package dev.courant.stream.server;

import static dev.courant.stream.server.ReflectiveCall.call;

import java.lang.reflect.Constructor;

/**
 * The buffers of a Grizzly listener. By default they are slices of arrays of 64 KiB, and a request keeps the slice with its
 * headers until it ends. Open streams would keep many such arrays while other clients post large bodies.
 */
final class GrizzlyBuffers {

    private static final String MANAGER = "org.glassfish.grizzly.memory.ByteBufferManager";

    /** The maximum size of a buffer that is a slice: no buffer is. */
    private static final int MAX_POOLED_BYTES = 0;

    private static final int SMALL_BYTES = 32; // as in Grizzly's own manager

    private GrizzlyBuffers() {}

    /**
     * Makes Grizzly allocate an array for each buffer of a listener. Does nothing if the server uses another memory manager
     * than {@code ByteBufferManager}, which {@code courant.jar} configures, or if its buffers are outside the heap.
     */
    static void allocateExactly(Object transport) throws ReflectiveOperationException {
        Object manager = call(transport, "getMemoryManager");
        Class<?> type = manager.getClass();
        if (!type.getName().equals(MANAGER)
                || call(manager, "isDirect").equals(true)
                || call(manager, "getMaxBufferSize").equals(MAX_POOLED_BYTES)) {
            return;
        }
        Constructor<?> constructor = type.getConstructor(boolean.class, int.class, int.class);
        Object exact = constructor.newInstance(false, MAX_POOLED_BYTES, SMALL_BYTES);
        Class<?> parameter = Class.forName("org.glassfish.grizzly.memory.MemoryManager", false, type.getClassLoader());
        ReflectiveCall.publicClass(transport)
                .getMethod("setMemoryManager", parameter)
                .invoke(transport, exact);
    }
}
