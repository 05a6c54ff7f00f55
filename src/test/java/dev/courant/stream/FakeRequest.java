package dev.courant.stream;

import jakarta.servlet.http.HttpServletRequest;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A fake request from an address. */
public final class FakeRequest {

    private final String address;
    private final Map<String, List<String>> headers = new HashMap<>();

    public FakeRequest(String address) {
        this.address = address;
    }

    public FakeRequest with(String header, String... values) {
        headers.put(header, Arrays.asList(values));
        return this;
    }

    public HttpServletRequest request() {
        return (HttpServletRequest) Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {HttpServletRequest.class},
                (self, method, arguments) -> switch (method.getName()) {
                    case "getRemoteAddr" -> address;
                    case "getHeaders" -> Collections.enumeration(headers.getOrDefault(arguments[0], List.of()));
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }
}
