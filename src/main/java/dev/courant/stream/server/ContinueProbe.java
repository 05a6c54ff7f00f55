package dev.courant.stream.server;

import static dev.courant.stream.server.ReflectiveCall.call;
import static dev.courant.stream.server.ReflectiveCall.publicClass;
import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;

/**
 * A Grizzly probe that sends {@code 100 Continue} for a chunked body as soon as the headers are parsed. Grizzly before
 * 4.1 sends it only when the first byte of such a body arrives. But the client waits for it before it sends that byte
 * (RFC 9110, section 10.1.1).
 */
final class ContinueProbe extends GrizzlyProbe {

    private static final byte[] CONTINUE = "HTTP/1.1 100 Continue\r\n\r\n".getBytes(US_ASCII);

    private final String context;

    /** @param context the path of the application; requests of other applications are ignored */
    ContinueProbe(String context, Object codec) throws ReflectiveOperationException {
        super(codec, "org.glassfish.grizzly.http.HttpProbe", "onHeaderParseEvent");
        this.context = context;
    }

    @Override
    void handle(Object[] arguments) throws ReflectiveOperationException {
        Object request = arguments[1];
        if ((boolean) call(request, "requiresAcknowledgement") // HTTP/1.1, and no byte of the body has arrived
                && (boolean) call(request, "isChunked")
                && String.valueOf(call(request, "getRequestURI")).startsWith(context)
                && "100-continue".equalsIgnoreCase((String) publicClass(request)
                        .getMethod("getHeader", String.class)
                        .invoke(request, "Expect"))) {
            GrizzlyTransport.write(arguments[0], ByteBuffer.wrap(CONTINUE));
            call(call(request, "getResponse"), "acknowledged"); // keeps Grizzly from sending a second one
        }
    }
}
