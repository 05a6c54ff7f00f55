package dev.courant.stream.server;

import java.lang.reflect.Modifier;

/** Calls what a server has by the names of its public methods: its classes are not there elsewhere. */
final class ReflectiveCall {

    private ReflectiveCall() {}

    static Object call(Object target, String method) throws ReflectiveOperationException {
        return known(target).getMethod(method).invoke(target);
    }

    static void set(Object target, String method, int value) throws ReflectiveOperationException {
        known(target).getMethod(method, int.class).invoke(target, value);
    }

    /** The class by which others may call it: its own may be private to the server. */
    static Class<?> known(Object target) {
        Class<?> type = target.getClass();
        while (!Modifier.isPublic(type.getModifiers())) {
            type = type.getSuperclass();
        }
        return type;
    }
}
