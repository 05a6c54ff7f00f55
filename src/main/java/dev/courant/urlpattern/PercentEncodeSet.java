package dev.courant.urlpattern;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** The percent-encode sets of the URL standard, section 1.3: which characters each part of a URL cannot hold bare. */
public enum PercentEncodeSet {
    C0_CONTROL(""),
    FRAGMENT(" \"<>`"),
    QUERY(" \"#<>"),
    SPECIAL_QUERY(" \"#<>'"),
    PATH(" \"#<>?^`{}"),
    USERINFO(" \"#<>?^`{}/:;=@[\\]|");

    private static final HexFormat HEX = HexFormat.of().withUpperCase();
    private static final int REPLACEMENT = 0xFFFD;

    private final String encoded;

    PercentEncodeSet(String encoded) {
        this.encoded = encoded;
    }

    /** The text in ASCII. Half of a surrogate pair counts as U+FFFD, as it does in any string of scalar values. */
    public String encode(String text) {
        int from = 0;
        while (from < text.length() && isBare(text.charAt(from))) {
            from++;
        }
        if (from == text.length()) {
            return text;
        }
        StringBuilder result = new StringBuilder(text.length() + 16).append(text, 0, from);
        text.substring(from).codePoints().forEach(each -> append(result, each));
        return result.toString();
    }

    private void append(StringBuilder result, int codePoint) {
        if (isBare(codePoint)) {
            result.append((char) codePoint);
            return;
        }
        boolean half = codePoint <= 0xFFFF && Character.isSurrogate((char) codePoint);
        String character = Character.toString(half ? REPLACEMENT : codePoint);
        for (byte octet : character.getBytes(StandardCharsets.UTF_8)) {
            result.append('%').append(HEX.toHexDigits(octet));
        }
    }

    private boolean isBare(int codePoint) {
        return codePoint >= ' ' && codePoint <= '~' && encoded.indexOf(codePoint) < 0;
    }
}
