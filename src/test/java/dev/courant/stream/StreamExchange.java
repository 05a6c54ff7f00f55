package dev.courant.stream;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A fake request and its recorded response. */
public final class StreamExchange {

    public final Map<String, String> answered = new HashMap<>();
    final ByteArrayOutputStream body = new ByteArrayOutputStream();
    public int status = 200;
    private final String address;
    private final Map<String, List<String>> headers = new HashMap<>();

    public StreamExchange(String address) {
        this.address = address;
    }

    public StreamExchange with(String header, String... values) {
        headers.put(header, Arrays.asList(values));
        return this;
    }

    public HttpServletRequest request() {
        return fake(HttpServletRequest.class, (name, arguments) -> switch (name) {
            case "getRemoteAddr" -> address;
            case "getHeaders" -> Collections.enumeration(headers.getOrDefault(arguments[0], List.of()));
            case "getHeader" ->
                headers.getOrDefault(arguments[0], Collections.singletonList(null))
                        .get(0);
            default -> throw new UnsupportedOperationException(name);
        });
    }

    public HttpServletResponse response() {
        return fake(HttpServletResponse.class, (name, arguments) -> switch (name) {
            case "setHeader" -> answered.put((String) arguments[0], (String) arguments[1]);
            case "setContentType" -> answered.put("Content-Type", (String) arguments[0]);
            case "sendError", "setStatus" -> status = (int) arguments[0];
            case "setContentLength" -> answered.put("Content-Length", String.valueOf(arguments[0]));
            case "getOutputStream" -> new Output();
            default -> throw new UnsupportedOperationException(name);
        });
    }

    public String text() {
        return body.toString(UTF_8);
    }

    private static <T> T fake(Class<T> type, MethodFake answers) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (self, method, given) -> {
            Object answer = answers.to(method.getName(), given);
            return method.getReturnType() == void.class ? null : answer;
        }));
    }

    private interface MethodFake {
        Object to(String method, Object[] arguments);
    }

    private final class Output extends ServletOutputStream {

        @Override
        public void write(int b) {
            body.write(b);
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setWriteListener(WriteListener listener) {}
    }
}
