package dev.courant.http;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/**
 * The values that a filter passes to later filters and the resource, one for each type. They are stored as attributes of the
 * request. Wrappers and the proxies that JAX-RS implementations inject delegate these.
 */
public final class RequestContext {

    private RequestContext() {}

    public static <T> void put(HttpServletRequest request, Class<T> type, T value) {
        request.setAttribute(type.getName(), value);
    }

    /** Returns the value of this type, or {@code null} if no filter has stored one. */
    public static <T> @Nullable T find(HttpServletRequest request, Class<T> type) {
        return type.cast(request.getAttribute(type.getName()));
    }
}
