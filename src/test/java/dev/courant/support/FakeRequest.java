package dev.courant.support;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A fake request of a client. A method throws an exception unless the test sets its result. */
public final class FakeRequest {

    private final Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private final Map<Object, Object> attributes = new HashMap<>();
    private final Map<String, @Nullable Object> results = new HashMap<>();

    /** @param address the address of the client */
    public FakeRequest(String address) {
        returning("getRemoteAddr", address);
    }

    /** Sets the values of a header. Without values, the request does not have it. */
    public FakeRequest with(String header, String... values) {
        headers.put(header, Arrays.stream(values).filter(Objects::nonNull).toList());
        return this;
    }

    /** Sets the result of a method, whatever its arguments. */
    public FakeRequest returning(String method, @Nullable Object result) {
        results.put(method, result);
        return this;
    }

    /** Returns the request. */
    public HttpServletRequest request() {
        return InterfaceFake.create(HttpServletRequest.class, (name, arguments) -> switch (name) {
            case "setAttribute" -> attributes.put(arguments[0], arguments[1]);
            case "getAttribute" -> attributes.get(arguments[0]);
            case "getHeaders" -> Collections.enumeration(headers((String) arguments[0]));
            case "getHeader" ->
                headers((String) arguments[0]).stream().findFirst().orElse(null);
            default -> {
                if (!results.containsKey(name)) {
                    throw new UnsupportedOperationException(name);
                }
                yield results.get(name);
            }
        });
    }

    private List<String> headers(String name) {
        return headers.getOrDefault(name, List.of());
    }
}
