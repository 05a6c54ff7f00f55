package dev.courant.support;

import java.lang.reflect.Proxy;
import org.jspecify.annotations.Nullable;

/** The behaviour of a fake object: the result of each method of an interface. */
@FunctionalInterface
public interface InterfaceFake {

    /**
     * Returns the result of a call, which is ignored if the method returns nothing.
     *
     * @param arguments {@code null} if the method has no parameters
     */
    @Nullable
    Object call(String method, Object[] arguments) throws Throwable;

    /** Creates a fake object. */
    static <T> T create(Class<T> type, InterfaceFake fake) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (self, method, given) -> {
            Object result = fake.call(method.getName(), given);
            return method.getReturnType() == void.class ? null : result;
        }));
    }
}
