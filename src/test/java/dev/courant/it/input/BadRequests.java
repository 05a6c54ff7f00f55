package dev.courant.it.input;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

/** A generator of bad, unusual and valid requests to one address. Equal seeds generate equal requests. */
final class BadRequests {

    /** A method and an address. */
    enum Target {
        GET_SSE,
        HEAD_SSE,
        GET_TOPIC,
        HEAD_TOPIC,
        POST_TOPIC,
        GET_HUB,
        HEAD_HUB,
        POST_HUB,
        GET_SUBSCRIPTIONS,
        DELETE_SUBSCRIPTIONS,
        GET_METADATA,
        GET_OPS,
        OTHER_METHODS;

        String method() {
            return name().substring(0, name().indexOf('_'));
        }

        /** Returns whether the response may be a stream, after which the server sends no further response. */
        boolean mayStream() {
            return this == GET_SSE || this == GET_TOPIC || this == GET_HUB;
        }
    }

    /** @param alone whether the server may find a wrong end of the request, so that no request can follow it */
    record Request(String text, boolean alone) {

        byte[] bytes() {
            return text.getBytes(ISO_8859_1);
        }

        boolean isHead() {
            return text.startsWith("HEAD ");
        }
    }

    private static final String HUB = "/.well-known/mercure";

    private final Target target;
    private final BadText input;
    private final BadTokens tokens;

    BadRequests(Target target, long seed) {
        this.target = target;
        input = new BadText(seed);
        tokens = new BadTokens(input);
    }

    Request next() {
        String method = target == Target.OTHER_METHODS
                ? input.any("PUT", "PATCH", "OPTIONS", "TRACE", "DELETE", "get", "PROPFIND", "X", "POST", "QUERY")
                : target.method();
        boolean alone = input.oneIn(10);
        String body = method.equals("POST") ? body() : input.oneIn(50) ? "a=b" : "";
        StringBuilder request = new StringBuilder(method + ' ' + path() + ' ');
        request.append(alone ? input.any("HTTP/1.1", "HTTP/1.1", "HTTP/1.0", "HTTP/9.9", "HTTP/1.", "X") : "HTTP/1.1")
                .append("\r\n");
        if (!alone || !input.oneIn(8)) {
            request.append("Host: ")
                    .append(input.oneIn(20) ? header() : "hub.example")
                    .append("\r\n");
        }
        addCredentials(request);
        for (int i = input.nextInt(4); i > 0; i--) {
            request.append(createHeader()).append("\r\n");
        }
        if (alone) {
            return new Request(request + createFraming(body.length()) + "\r\n\r\n" + body, true);
        }
        if (!body.isEmpty() || method.equals("POST")) {
            request.append("Content-Length: ").append(body.length()).append("\r\n");
        }
        return new Request(request + "\r\n" + body, false);
    }

    private String path() {
        return switch (target) {
            case GET_SSE, HEAD_SSE -> "/sse" + input.any("", "", "/", ";x") + '?' + input.pairs("topic", "lastEventId");
            case GET_TOPIC, HEAD_TOPIC -> "/sse/" + input.target() + (input.oneIn(2) ? "" : "?" + input.pairs("topic"));
            case POST_TOPIC ->
                "/sse/" + (input.oneIn(2) ? "open/" : "") + input.target() + (input.oneIn(2) ? "" : "?" + event());
            case GET_HUB, HEAD_HUB -> hub() + '?' + input.pairs("match", "match_urlpattern", "last_event_id", "topic");
            case POST_HUB -> hub() + (input.oneIn(3) ? "?" + input.pairs("topic", "data") : "");
            case GET_SUBSCRIPTIONS, DELETE_SUBSCRIPTIONS ->
                HUB + input.any("/subscriptions", "/subscriptions/", "/%73ubscriptions") + subscription();
            case GET_METADATA -> "/.well-known/oauth-protected-resource/" + input.any("", HUB) + input.target();
            case GET_OPS ->
                "/ops" + input.any("", "/health/live", "/health/ready", "/", "/" + input.target()) + '?'
                        + input.pairs("a");
            case OTHER_METHODS ->
                input.any("/sse", "/sse/a", HUB, HUB + "/subscriptions/a", "/", "/error", "/ops/health/ready");
        };
    }

    private String hub() {
        return HUB + input.any("", "", "", "", "/", ";x=" + input.target(), "/" + input.target());
    }

    private String subscription() {
        return (input.oneIn(3) ? "/exact/" : "")
                + input.target()
                + (input.oneIn(2) ? "/urn%3Auuid%3A" : "")
                + (input.oneIn(2) ? "" : "?" + input.pairs("limit", "after"));
    }

    private String event() {
        return input.pairs("type", "id", "retry", "private");
    }

    private String body() {
        return switch (input.nextInt(6)) {
            case 0 -> "";
            case 1 -> input.octets(300);
            case 2 -> "data";
            case 3 -> "topic=open/x&data=" + input.target();
            default -> input.pairs("topic", "topic", "data", "private", "id", "type", "retry");
        };
    }

    private void addCredentials(StringBuilder request) {
        switch (input.nextInt(6)) {
            case 0, 1 ->
                request.append("Authorization: Bearer ")
                        .append(tokens.validToken())
                        .append("\r\n");
            case 2 ->
                request.append("Authorization: ")
                        .append(input.any("Bearer ", "bearer  ", "Basic ", "", "Bearer"))
                        .append(tokens.any().replace("\\", ""))
                        .append("\r\n");
            case 3 ->
                request.append("Cookie: ")
                        .append(input.any("__Secure-mercure_access_token=", "x=\"; a=", "$Version=1;"))
                        .append(tokens.any())
                        .append("\r\n");
            default -> {}
        }
    }

    /** Returns a header that does not affect where the request ends. */
    private String createHeader() {
        return switch (input.nextInt(14)) {
            case 0 -> "Last-Event-ID: " + header();
            case 1 -> "Origin: " + input.any("null", "https://page.example", "https://page.example.", header());
            case 2 -> "Referer: " + input.any("https://hub.example@evil.example/", header());
            case 3 -> "Accept: " + input.any("*/*", "text/html", "text/event-stream;q=0", "a/b;q=x", header());
            case 4 ->
                "Content-Type: " + input.any("application/x-www-form-urlencoded", "text/plain;charset=x", header());
            case 5 -> "X-Forwarded-For: " + input.any("::::", "1.2.3.4, x", "[::1]:99, 1.2.3", header());
            case 6 -> "Idempotency-Key: " + header();
            case 7 -> "Event-Type: " + header();
            case 8 -> "Event-Id: " + header();
            case 9 -> "Event-Retry: " + header();
            case 10 -> "User-Agent: " + input.any("Mozilla/5.0", "Jersey/3", header());
            case 11 -> "Access-Control-Request-Method: " + header();
            case 12 -> "Content-Type: application/x-www-form-urlencoded";
            default ->
                input.any("Accept-Language", "Accept-Encoding", "If-None-Match", "Range", "Forwarded") + ": "
                        + header();
        };
    }

    private String header() {
        String text = input.text().strip();
        return text.length() > 4000 ? text.substring(0, 4000) : text;
    }

    /** Returns a header with a wrong or ambiguous length of the request. */
    private String createFraming(int length) {
        return switch (input.nextInt(14)) {
            case 0 -> "Content-Length: " + (length + 1 + input.nextInt(100));
            case 1 -> "Content-Length: -1";
            case 2 -> "Content-Length: " + input.any("x", "99999999999999999999", "1 1", "+1", "0x1");
            case 3 -> "Content-Length: " + length + "\r\nContent-Length: " + (length + 1);
            case 4 -> "Transfer-Encoding: chunked";
            case 5 -> "Transfer-Encoding: chunked\r\nContent-Length: " + length;
            case 6 -> "Transfer-Encoding: " + input.any("xchunked", "identity", "gzip, chunked", " ");
            case 7 -> "Expect: " + input.any("100-continue", "200-ok") + "\r\nContent-Length: " + length;
            case 8 -> "X: " + "x".repeat(input.nextInt(20_000));
            case 9 -> "X: y\r\n".repeat(input.nextInt(200)) + "X: y";
            case 10 -> "no colon here";
            case 11 -> "X: y\r\n folded: yes";
            case 12 -> "X: " + input.octets(50).replace("\n", "").replace("\r", "");
            default -> "X:\0y\nY: z";
        };
    }
}
