package dev.courant.urlpattern;

/** Where the parts of a URL's text end. */
final class UrlTextScanner {

    private UrlTextScanner() {}

    /** Without control characters and spaces at the ends. */
    static String trimmed(String text) {
        int start = 0;
        int end = text.length();
        while (start < end && text.charAt(start) <= ' ') {
            start++;
        }
        while (end > start && text.charAt(end - 1) <= ' ') {
            end--;
        }
        return text.substring(start, end);
    }

    static String withoutTabsAndNewlines(String text) {
        if (indexOfAny(text, "\t\r\n") == text.length()) {
            return text;
        }
        return text.replace("\t", "").replace("\r", "").replace("\n", "");
    }

    /** Where one of the characters stands first, or the length. */
    static int indexOfAny(String text, String characters) {
        int at = 0;
        while (at < text.length() && characters.indexOf(text.charAt(at)) < 0) {
            at++;
        }
        return at;
    }

    /** Where the colon after the scheme is; negative if the text begins with none. */
    static int endOfScheme(String text) {
        int at = 0;
        while (at < text.length() && standsInScheme(text.charAt(at), at > 0)) {
            at++;
        }
        return at > 0 && at < text.length() && text.charAt(at) == ':' ? at : -1;
    }

    /** Where the colon of a port is, or the length; the colons within brackets are those of an IPv6 address. */
    static int endOfHost(String text) {
        boolean inBrackets = false;
        int at = 0;
        while (at < text.length() && (inBrackets || text.charAt(at) != ':')) {
            inBrackets = text.charAt(at) == '[' || (inBrackets && text.charAt(at) != ']');
            at++;
        }
        return at;
    }

    /** Browsers take any number of slashes, of either kind, before the host of a special URL. */
    static String afterSlashes(String text) {
        int at = 0;
        while (at < text.length() && (text.charAt(at) == '/' || text.charAt(at) == '\\')) {
            at++;
        }
        return text.substring(at);
    }

    private static boolean standsInScheme(char one, boolean later) {
        return AsciiCharacters.isLetter(one) || (later && (AsciiCharacters.isDigit(one) || "+-.".indexOf(one) >= 0));
    }
}
