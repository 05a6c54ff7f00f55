package dev.courant.urlpattern;

/** A scanner that finds the ends of the parts of a URL, and removes characters that the standard ignores. */
final class UrlTextScanner {

    private UrlTextScanner() {}

    /** Removes control characters and spaces at both ends. */
    static String trim(String text) {
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

    static String removeTabsAndNewlines(String text) {
        if (indexOfAny(text, "\t\r\n") == text.length()) {
            return text;
        }
        return text.replace("\t", "").replace("\r", "").replace("\n", "");
    }

    /** Returns the index of the first of the characters, or the length of the text. */
    static int indexOfAny(String text, String characters) {
        int at = 0;
        while (at < text.length() && characters.indexOf(text.charAt(at)) < 0) {
            at++;
        }
        return at;
    }

    /** Returns the index of the colon after the scheme, or a negative number if there is no scheme. */
    static int indexOfSchemeEnd(String text) {
        int at = 0;
        while (at < text.length() && isSchemeCharacter(text.charAt(at), at > 0)) {
            at++;
        }
        return at > 0 && at < text.length() && text.charAt(at) == ':' ? at : -1;
    }

    /** Returns the index of the colon before a port, or the length of the text. Ignores the colons of an IPv6 address. */
    static int indexOfHostEnd(String text) {
        boolean inBrackets = false;
        int at = 0;
        while (at < text.length() && (inBrackets || text.charAt(at) != ':')) {
            inBrackets = text.charAt(at) == '[' || (inBrackets && text.charAt(at) != ']');
            at++;
        }
        return at;
    }

    /** Removes leading slashes and backslashes. Browsers accept any number of them before the host of a special URL. */
    static String skipSlashes(String text) {
        int at = 0;
        while (at < text.length() && (text.charAt(at) == '/' || text.charAt(at) == '\\')) {
            at++;
        }
        return text.substring(at);
    }

    private static boolean isSchemeCharacter(char c, boolean notFirst) {
        return AsciiCharacters.isLetter(c) || (notFirst && (AsciiCharacters.isDigit(c) || "+-.".indexOf(c) >= 0));
    }
}
