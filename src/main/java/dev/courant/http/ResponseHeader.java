package dev.courant.http;

import jakarta.servlet.http.HttpServletResponse;

/** A header of a response. All values of headers that several classes send are defined here. */
public record ResponseHeader(String name, String value) {

    /** The default for every response: a cache may store it, but must revalidate it before each use. */
    public static final ResponseHeader REVALIDATE = cacheControl("no-cache");

    /** The caching of a file whose path contains its version. */
    public static final ResponseHeader IMMUTABLE = cacheControl("public, max-age=31536000, immutable");

    /** The caching of problem documents and health reports: none. */
    public static final ResponseHeader NO_STORE = cacheControl("no-store");

    /** The caching of streams: none. A proxy that transforms a stream, for example compresses it, would delay its events. */
    public static final ResponseHeader STREAM = cacheControl("no-store, no-transform");

    /** The caching of documents that depend on the access token. */
    public static final ResponseHeader PRIVATE = cacheControl("private, must-revalidate");

    /** The caching of documents that change with each event and depend on the access token. */
    public static final ResponseHeader PRIVATE_REVALIDATE = cacheControl("private, no-cache");

    /** The response depends on the page that sends the request. */
    public static final ResponseHeader VARY_ORIGIN = new ResponseHeader("Vary", "Origin");

    /** The response also depends on what the client accepts and may read. */
    public static final ResponseHeader VARY_READER =
            new ResponseHeader("Vary", "Origin, Accept, Authorization, Cookie");

    /** Keeps browsers from guessing another media type. */
    public static final ResponseHeader NO_SNIFF = new ResponseHeader("X-Content-Type-Options", "nosniff");

    /** The server closes the connection after this response. */
    public static final ResponseHeader CLOSE = new ResponseHeader("Connection", "close");

    /** Returns a header that makes the client repeat its request after this time. */
    public static ResponseHeader retryAfter(long seconds) {
        return new ResponseHeader("Retry-After", String.valueOf(seconds));
    }

    /** Returns a header that identifies the content of a response. */
    public static ResponseHeader etag(String tag) {
        return new ResponseHeader("ETag", '"' + tag + '"');
    }

    /** @param parameters for example {@code ; rel="next"} */
    public static ResponseHeader link(String target, String parameters) {
        return new ResponseHeader("Link", '<' + target + '>' + parameters);
    }

    private static ResponseHeader cacheControl(String value) {
        return new ResponseHeader("Cache-Control", value);
    }

    /** Sets the header, and replaces an earlier value. */
    public void set(HttpServletResponse response) {
        response.setHeader(name, value);
    }
}
