package dev.courant.stream.server;

import java.lang.reflect.Modifier;

/** Reflective calls to public methods of server classes, which are missing on other servers. */
final class ReflectiveCall {

    private ReflectiveCall() {}

    static Object call(Object target, String method) throws ReflectiveOperationException {
        return publicClass(target).getMethod(method).invoke(target);
    }

    static void set(Object target, String method, int value) throws ReflectiveOperationException {
        publicClass(target).getMethod(method, int.class).invoke(target, value);
    }

    /** Returns the first public class of an object, since a server may hide its own class. */
    static Class<?> publicClass(Object target) {
        Class<?> type = target.getClass();
        while (!Modifier.isPublic(type.getModifiers())) {
            type = type.getSuperclass();
        }
        return type;
    }
}
