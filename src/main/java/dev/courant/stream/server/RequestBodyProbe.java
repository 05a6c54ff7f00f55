package dev.courant.stream.server;

import static dev.courant.stream.server.ReflectiveCall.call;
import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;

/** A Grizzly probe that repairs how Grizzly starts to read a body, and how it responds to a malformed one. */
final class RequestBodyProbe extends GrizzlyProbe {

    private static final byte[] CONTINUE = "HTTP/1.1 100 Continue\r\n\r\n".getBytes(US_ASCII);

    RequestBodyProbe(String context, Object codec) throws ReflectiveOperationException {
        super(context, codec, "org.glassfish.grizzly.http.HttpProbe");
    }

    @Override
    void handle(String event, Object[] arguments) throws ReflectiveOperationException {
        switch (event) {
            case "onHeaderParseEvent" -> startBody(arguments[1], arguments[0]);
            case "onErrorEvent" -> setBadRequest(arguments[1]);
            default -> {}
        }
    }

    private void startBody(Object request, Object connection) throws ReflectiveOperationException {
        if (!(boolean) call(request, "isChunked")) {
            refuseOtherCoding(request);
        } else if ((boolean)
                call(request, "requiresAcknowledgement")) { // HTTP/1.1, and no byte of the body has arrived
            sendContinue(request, connection);
        }
    }

    /**
     * Sets the status 400, with which Grizzly answers malformed chunks unless the response has an error status already.
     * It has the default of {@code PendingPublishes}, 503, after which a publisher would repeat the request.
     */
    private void setBadRequest(Object request) throws ReflectiveOperationException {
        if (isOfApplication(call(request, "getRequestURI"))) {
            call(call(request, "getResponse"), "setStatus", int.class, 400);
        }
    }

    /**
     * Refuses a request with another transfer coding than {@code chunked}. Grizzly would read it as a request without a
     * body and process the body as further requests, even after a response that closes the connection. An exception
     * makes Grizzly respond with an empty {@code 400} and close the connection.
     */
    private void refuseOtherCoding(Object request) throws ReflectiveOperationException {
        if (call(request, "getHeader", String.class, "Transfer-Encoding") != null
                && isOfApplication(call(request, "getRequestURI"))) {
            throw new IllegalArgumentException("The transfer coding is not supported");
        }
    }

    /**
     * Sends {@code 100 Continue} for a chunked body. Grizzly before 4.1 sends it only when the first byte of such a body
     * arrives. But the client waits for it before it sends that byte (RFC 9110, section 10.1.1).
     */
    private void sendContinue(Object request, Object connection) throws ReflectiveOperationException {
        if ("100-continue".equalsIgnoreCase((String) call(request, "getHeader", String.class, "Expect"))
                && isOfApplication(call(request, "getRequestURI"))) {
            GrizzlyTransport.write(connection, ByteBuffer.wrap(CONTINUE));
            call(call(request, "getResponse"), "acknowledged"); // keeps Grizzly from sending a second one
        }
    }
}
