package dev.courant.stream.server;

import static dev.courant.stream.server.ReflectiveCall.call;

import dev.courant.http.RequestFilter;
import java.util.regex.Pattern;

/**
 * A Grizzly probe that repairs a malformed escape in the path and a malformed {@code Host} before the server decodes
 * them, and marks the request. Payara and GlassFish answer such a request with an empty {@code 200} and log a stack
 * trace: the decoder throws before a status is set. The probe also marks a path with a semicolon, because the server
 * removes {@code ;jsessionid} from it. The application rejects a marked request.
 */
final class MalformedRequestProbe extends GrizzlyProbe {

    private static final Pattern MALFORMED_ESCAPE = Pattern.compile("%(?![0-9A-Fa-f]{2})");

    /**
     * A host that Grizzly parses without an exception: a name, an IPv4 address or an IPv6 address in brackets, and a
     * port.
     */
    private static final Pattern HOST = Pattern.compile("(\\[[^\\]]*\\]|[^:\\[\\]]+)(:[0-9]{1,5})?");

    /**
     * A dot segment at the end of a path, also percent-encoded. Grizzly's decoder appends a slash to it, and fails if its
     * array has no room for one. The path with the slash means the same (RFC 3986, section 5.2.4).
     */
    private static final Pattern FINAL_DOTS = Pattern.compile("/(\\.|%2[eE]){1,2}$");

    MalformedRequestProbe(String context, Object listener) throws ReflectiveOperationException {
        super(context, listener, "org.glassfish.grizzly.http.server.HttpServerProbe");
    }

    @Override
    void handle(String event, Object[] arguments) throws ReflectiveOperationException {
        if (!event.equals("onRequestReceiveEvent")) {
            return;
        }
        Object request = arguments[2];
        Object packet = call(request, "getRequest");
        Object uri = call(packet, "getRequestURIRef");
        String path = String.valueOf(call(uri, "getURI"));
        if (!isOfApplication(path)) {
            return;
        }
        if (FINAL_DOTS.matcher(path).find()) {
            path += '/';
            call(uri, "setURI", String.class, path);
        }
        if (MALFORMED_ESCAPE.matcher(path).find()) {
            call(uri, "setURI", String.class, MALFORMED_ESCAPE.matcher(path).replaceAll("%25"));
            mark(request, "The path contains a percent sign without two hexadecimal digits. Write %25.");
        }
        if (path.indexOf(';') >= 0) {
            mark(request, RequestFilter.SEMICOLON_DETAIL);
        }
        Object host = call(packet, "getHeader", String.class, "Host");
        if (host != null && !HOST.matcher((String) host).matches()) {
            Object value = call(call(packet, "getHeaders"), "setValue", String.class, "Host");
            call(value, "setString", String.class, "malformed");
            mark(request, "The Host header is not a host with an optional port, for example example.com:8080.");
        }
    }

    private static void mark(Object request, String detail) throws ReflectiveOperationException {
        ReflectiveCall.publicClass(request)
                .getMethod("setAttribute", String.class, Object.class)
                .invoke(request, RequestFilter.MALFORMED_ATTRIBUTE, detail);
    }
}
