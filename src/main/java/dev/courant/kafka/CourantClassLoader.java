package dev.courant.kafka;

import java.util.function.Supplier;

/** The class loader of this application. Kafka's clients load classes with the thread's context class loader. */
final class CourantClassLoader {

    private CourantClassLoader() {}

    /** Calls a factory while the thread's context class loader is this application's. */
    static <T> T call(Supplier<T> factory) {
        Thread thread = Thread.currentThread();
        ClassLoader previous = thread.getContextClassLoader();
        thread.setContextClassLoader(CourantClassLoader.class.getClassLoader());
        try {
            return factory.get();
        } finally {
            thread.setContextClassLoader(previous);
        }
    }
}
