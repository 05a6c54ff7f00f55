package dev.courant.stream.server;

import static dev.courant.stream.server.ReflectiveCall.call;

import jakarta.servlet.ServletRequest;
import java.util.List;

/** Access to Grizzly's requests and to the filters that parse them. */
final class GrizzlyRequests {

    private static final String HTTP_CODEC = "org.glassfish.grizzly.http.HttpCodecFilter";

    private GrizzlyRequests() {}

    /** Returns Grizzly's request under a servlet request that no filter has wrapped. */
    static Object unwrap(ServletRequest servletRequest) throws ReflectiveOperationException {
        Object request = call(servletRequest, "getUnwrappedCoyoteRequest");
        try {
            return call(request, "getCoyoteRequest"); // Payara
        } catch (NoSuchMethodException glassFish) {
            return call(request, "getGrizzlyRequest");
        }
    }

    /** Returns the filters that parse HTTP/1.1 for the listener of a request: in practice one. */
    static List<?> codecs(Object grizzly) throws ReflectiveOperationException {
        List<?> filters = (List<?>) call(call(grizzly, "getContext"), "getFilterChain");
        return filters.stream().filter(GrizzlyRequests::isCodec).toList();
    }

    /** Returns whether a filter parses HTTP/1.1 and encodes chunks. */
    static boolean isCodec(Object filter) {
        for (Class<?> type = filter.getClass(); type != null; type = type.getSuperclass()) {
            if (type.getName().equals(HTTP_CODEC)) {
                return true;
            }
        }
        return false;
    }
}
