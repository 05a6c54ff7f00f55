package dev.courant.urlpattern;

import java.util.Locale;
import java.util.Set;

/** The path of a URL in the making: a slash before each segment (URL standard, section 4.4, path state). */
final class UrlPath {

    private static final Set<String> DOT = Set.of(".", "%2e");
    private static final Set<String> TWO_DOTS = Set.of("..", ".%2e", "%2e.", "%2e%2e");

    private final StringBuilder path;
    private final boolean file;

    UrlPath(String path, boolean file) {
        this.path = new StringBuilder(path);
        this.file = file;
    }

    /** Segments separated by slashes, of which the first follows a slash already. */
    void append(String segments, boolean backslashes) {
        int start = 0;
        for (int at = 0; at <= segments.length(); at++) {
            boolean end = at == segments.length();
            if (end || segments.charAt(at) == '/' || (backslashes && segments.charAt(at) == '\\')) {
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
        } else if (file && path.isEmpty() && isDriveLetter(segment)) {
            path.append('/').append(segment.charAt(0)).append(':');
        } else {
            path.append('/').append(PercentEncodeSet.PATH.encode(segment));
        }
    }

    /** Takes off the last segment, but never the letter of a drive. */
    void shorten() {
        if (!(file && path.length() == 3 && startsWithNormalisedDrive(path))) {
            path.setLength(Math.max(0, path.lastIndexOf("/")));
        }
    }

    void clear() {
        path.setLength(0);
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

    /** Whether the first segment of a path is the letter of a drive and a colon. */
    static boolean startsWithNormalisedDrive(CharSequence path) {
        return path.length() >= 3
                && AsciiCharacters.isLetter(path.charAt(1))
                && path.charAt(2) == ':'
                && (path.length() == 3 || path.charAt(3) == '/');
    }
}
