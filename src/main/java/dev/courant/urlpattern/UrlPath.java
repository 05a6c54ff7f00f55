package dev.courant.urlpattern;

import java.util.Locale;
import java.util.Set;

/**
 * A builder of the path of a URL, with a slash before each segment (URL standard, section 4.4, path state). Not
 * thread-safe.
 */
final class UrlPath {

    private static final Set<String> DOT = Set.of(".", "%2e");
    private static final Set<String> TWO_DOTS = Set.of("..", ".%2e", "%2e.", "%2e%2e");

    private final StringBuilder path;
    private final boolean isFile;

    UrlPath(String path, boolean isFile) {
        this.path = new StringBuilder(path);
        this.isFile = isFile;
    }

    /**
     * Appends segments and resolves dot-segments.
     *
     * @param segments the segments, separated by slashes, without a slash before the first one
     * @param acceptBackslashes whether a backslash separates segments, too
     */
    void append(String segments, boolean acceptBackslashes) {
        int start = 0;
        for (int at = 0; at <= segments.length(); at++) {
            boolean end = at == segments.length();
            if (end || segments.charAt(at) == '/' || (acceptBackslashes && segments.charAt(at) == '\\')) {
                appendSegment(segments.substring(start, at), end);
                start = at + 1;
            }
        }
    }

    private void appendSegment(String segment, boolean last) {
        String lower = segment.length() <= 6 ? segment.toLowerCase(Locale.ROOT) : "";
        if (TWO_DOTS.contains(lower)) {
            shorten();
            path.append(last ? "/" : "");
        } else if (DOT.contains(lower)) {
            path.append(last ? "/" : "");
        } else if (isFile && path.isEmpty() && isDriveLetter(segment)) {
            path.append('/').append(segment.charAt(0)).append(':');
        } else {
            path.append('/').append(PercentEncodeSet.PATH.encode(segment));
        }
    }

    /** Removes the last segment, unless it is the drive letter of a file URL. */
    void shorten() {
        if (!(isFile && path.length() == 3 && startsWithNormalizedDriveLetter(path))) {
            path.setLength(Math.max(0, path.lastIndexOf("/")));
        }
    }

    @Override
    public String toString() {
        return path.toString();
    }

    static boolean isDriveLetter(String text) {
        return text.length() == 2 && startsWithDriveLetter(text);
    }

    static boolean startsWithDriveLetter(String text) {
        return text.length() >= 2
                && AsciiCharacters.isLetter(text.charAt(0))
                && (text.charAt(1) == ':' || text.charAt(1) == '|')
                && (text.length() == 2 || "/\\?#".indexOf(text.charAt(2)) >= 0);
    }

    /** Returns true if the first segment of a path is a letter and a colon. */
    static boolean startsWithNormalizedDriveLetter(CharSequence path) {
        return path.length() >= 3
                && AsciiCharacters.isLetter(path.charAt(1))
                && path.charAt(2) == ':'
                && (path.length() == 3 || path.charAt(3) == '/');
    }
}
