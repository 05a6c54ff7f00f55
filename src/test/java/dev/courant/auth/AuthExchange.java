package dev.courant.auth;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A fake request and the response to it. */
public final class AuthExchange {

    public final Map<String, String> responseHeaders = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    public int status = 200;
    public boolean passed;
    private final String method;
    private final Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private final Map<String, Object> attributes = new HashMap<>();
    private String query;

    public AuthExchange(String method) {
        this.method = method;
    }

    static AuthExchange get() {
        return new AuthExchange("GET");
    }

    static AuthExchange bearing(String token) {
        return get().with("Authorization", "Bearer " + token);
    }

    public AuthExchange with(String header, String... values) {
        headers.put(header, Arrays.stream(values).filter(value -> value != null).toList());
        return this;
    }

    AuthExchange cookie(String name, String value) {
        String cookie = name + "=" + value;
        headers.merge("Cookie", List.of(cookie), (before, one) -> List.of(before.get(0) + "; " + cookie));
        return this;
    }

    AuthExchange query(String text) {
        query = text;
        return this;
    }

    public HttpServletRequest request() {
        return fake(HttpServletRequest.class, (name, arguments) -> switch (name) {
            case "getMethod" -> method;
            case "getQueryString" -> query;
            case "setAttribute" -> attributes.put((String) arguments[0], arguments[1]);
            case "getAttribute" -> attributes.get(arguments[0]);
            case "getHeaders" -> Collections.enumeration(headers.getOrDefault(arguments[0], List.of()));
            case "getHeader" ->
                headers.getOrDefault(arguments[0], List.of()).stream()
                        .findFirst()
                        .orElse(null);
            default -> throw new UnsupportedOperationException(name);
        });
    }

    public HttpServletResponse response() {
        return fake(HttpServletResponse.class, (name, arguments) -> switch (name) {
            case "setHeader" -> responseHeaders.put((String) arguments[0], (String) arguments[1]);
            case "addHeader" ->
                responseHeaders.merge((String) arguments[0], (String) arguments[1], (a, b) -> a + ", " + b);
            case "setStatus" -> status = (int) arguments[0];
            default -> throw new UnsupportedOperationException(name);
        });
    }

    private static <T> T fake(Class<T> type, Handler handler) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (self, method, given) -> {
            Object result = handler.handle(method.getName(), given);
            return method.getReturnType() == void.class ? null : result;
        }));
    }

    private interface Handler {
        Object handle(String method, Object[] arguments);
    }
}
