package dev.courant.mercure;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.courant.http.ProblemException;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URLDecoder;
import java.util.ArrayList;
import java.util.List;

/**
 * The undecoded path of a request, split before it is decoded, so that {@code %2F} within a segment does not separate
 * segments.
 */
final class RawRequestPath {

    private RawRequestPath() {}

    /** Returns the non-empty segments after the first occurrence of {@code prefix}, decoded once. */
    static List<String> decodeSegmentsAfter(HttpServletRequest request, String prefix) {
        String path = request.getRequestURI();
        int end = path.indexOf(prefix) + prefix.length();
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
            throw new ProblemException(
                    400, "The path has a malformed percent-encoding. Write a literal percent sign as %25.");
        }
    }
}
