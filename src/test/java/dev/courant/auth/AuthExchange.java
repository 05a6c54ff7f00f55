package dev.courant.auth;

import dev.courant.support.FakeRequest;
import dev.courant.support.InterfaceFake;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Map;
import java.util.TreeMap;

/** A fake request and the response to it. */
public final class AuthExchange {

    public final Map<String, String> responseHeaders = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    public int status = 200;
    public boolean passed;
    private final FakeRequest request;
    private String cookies = "";

    public AuthExchange(String method) {
        request = new FakeRequest("203.0.113.7").returning("getMethod", method).returning("getQueryString", null);
    }

    static AuthExchange get() {
        return new AuthExchange("GET");
    }

    static AuthExchange bearing(String token) {
        return get().with("Authorization", "Bearer " + token);
    }

    public AuthExchange with(String header, String... values) {
        request.with(header, values);
        return this;
    }

    AuthExchange cookie(String name, String value) {
        cookies += (cookies.isEmpty() ? "" : "; ") + name + "=" + value;
        return with("Cookie", cookies);
    }

    AuthExchange query(String text) {
        request.returning("getQueryString", text);
        return this;
    }

    public HttpServletRequest request() {
        return request.request();
    }

    public HttpServletResponse response() {
        return InterfaceFake.create(HttpServletResponse.class, (name, arguments) -> switch (name) {
            case "setHeader" -> responseHeaders.put((String) arguments[0], (String) arguments[1]);
            case "addHeader" ->
                responseHeaders.merge((String) arguments[0], (String) arguments[1], (a, b) -> a + ", " + b);
            case "setStatus" -> status = (int) arguments[0];
            default -> throw new UnsupportedOperationException(name);
        });
    }
}
