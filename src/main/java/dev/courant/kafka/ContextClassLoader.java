package dev.courant.kafka;

import java.util.function.Supplier;

/** Kafka's clients look for classes by way of the thread's context class loader, which may be anyone's. */
final class ContextClassLoader {

    private ContextClassLoader() {}

    static <T> T with(Supplier<T> make) {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(ContextClassLoader.class.getClassLoader());
        try {
            return make.get();
        } finally {
            thread.setContextClassLoader(before);
        }
    }
}
