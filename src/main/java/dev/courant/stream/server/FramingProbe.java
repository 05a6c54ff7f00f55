package dev.courant.stream.server;

import static dev.courant.stream.server.ReflectiveCall.call;
import static dev.courant.stream.server.ReflectiveCall.publicClass;

/**
 * A Grizzly probe that refuses a request with another transfer coding than {@code chunked}. Grizzly would read it as a
 * request without a body and process the body as further requests, even after a response that closes the connection.
 */
final class FramingProbe extends GrizzlyProbe {

    private final String context;

    /** @param context the path of the application; requests of other applications are ignored */
    FramingProbe(String context, Object codec) throws ReflectiveOperationException {
        super(codec, "org.glassfish.grizzly.http.HttpProbe", "onHeaderParseEvent");
        this.context = context;
    }

    /** {@inheritDoc} An exception makes Grizzly respond with an empty {@code 400} and close the connection. */
    @Override
    void handle(Object[] arguments) throws ReflectiveOperationException {
        Object request = arguments[1];
        boolean hasCoding =
                publicClass(request).getMethod("getHeader", String.class).invoke(request, "Transfer-Encoding") != null;
        if (hasCoding
                && !(boolean) call(request, "isChunked")
                && String.valueOf(call(request, "getRequestURI")).startsWith(context)) {
            throw new IllegalArgumentException("The transfer coding is not supported");
        }
    }
}
