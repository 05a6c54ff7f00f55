package dev.courant.stream.server;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;

/** Reflective calls to public methods of server classes, which are missing on other servers. */
final class ReflectiveCall {

    private ReflectiveCall() {}

    static Object call(Object target, String method) throws ReflectiveOperationException {
        return publicClass(target).getMethod(method).invoke(target);
    }

    static <T> Object call(Object target, String method, Class<T> parameter, T argument)
            throws ReflectiveOperationException {
        return publicClass(target).getMethod(method, parameter).invoke(target, argument);
    }

    /** Returns a method whose parameters have types of the server. */
    static Method findMethod(Object target, String name, int parameters) throws NoSuchMethodException {
        return Arrays.stream(publicClass(target).getMethods())
                .filter(method -> method.getName().equals(name) && method.getParameterCount() == parameters)
                .findAny()
                .orElseThrow(() -> new NoSuchMethodException(name));
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
