package dev.courant.mercure;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.courant.http.ProblemException;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URLDecoder;
import java.util.ArrayList;
import java.util.List;

/** The path of a request as it was sent: a slash within a segment, as {@code %2F}, is none between two. */
final class RawRequestPath {

    private RawRequestPath() {}

    /** The segments, decoded once, that follow a part of the path. */
    static List<String> segmentsBelow(HttpServletRequest request, String part) {
        String path = request.getRequestURI();
        int end = path.indexOf(part) + part.length();
        List<String> segments = new ArrayList<>();
        for (String segment : path.substring(Math.min(end, path.length())).split("/", -1)) {
            if (!segment.isEmpty()) {
                segments.add(decode(segment));
            }
        }
        return segments;
    }

    private static String decode(String segment) {
        try {
            return URLDecoder.decode(segment.replace("+", "%2B"), UTF_8);
        } catch (IllegalArgumentException malformed) {
            throw new ProblemException(400, "The address has a malformed escape.");
        }
    }
}
