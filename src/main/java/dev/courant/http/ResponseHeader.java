package dev.courant.http;

import jakarta.servlet.http.HttpServletResponse;

/** A header of a response. A header that several classes send is made here, so that all its values stand in one place. */
public record ResponseHeader(String name, String value) {

    /** The default of every response: a cache keeps it, and asks whether it has changed before each use. */
    public static final ResponseHeader REVALIDATE = cacheControl("no-cache");

    /** For a file whose address names its version. */
    public static final ResponseHeader IMMUTABLE = cacheControl("public, max-age=31536000, immutable");

    /** For problem documents and probes, which describe one moment. */
    public static final ResponseHeader NO_STORE = cacheControl("no-store");

    /** For the addresses of streams. A proxy that transforms a stream, for example compresses it, delays its events. */
    public static final ResponseHeader STREAM = cacheControl("no-store, no-transform");

    /** For documents that depend on the access token. */
    public static final ResponseHeader PRIVATE = cacheControl("private, must-revalidate");

    /** The server closes the connection after this response. */
    public static final ResponseHeader CLOSE = new ResponseHeader("Connection", "close");

    /** Returns a header that asks the client to repeat its request after this time. */
    public static ResponseHeader retryAfter(long seconds) {
        return new ResponseHeader("Retry-After", String.valueOf(seconds));
    }

    private static ResponseHeader cacheControl(String value) {
        return new ResponseHeader("Cache-Control", value);
    }

    /** Sets the header, in place of an earlier value. */
    public void set(HttpServletResponse response) {
        response.setHeader(name, value);
    }
}
