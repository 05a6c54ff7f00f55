package dev.courant.urlpattern;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** The percent-encode sets: the characters to encode in each part of a URL (URL standard, section 1.3). */
public enum PercentEncodeSet {
    C0_CONTROL(""),
    FRAGMENT(" \"<>`"),
    QUERY(" \"#<>"),
    SPECIAL_QUERY(" \"#<>'"),
    PATH(" \"#<>?^`{}"),
    USERINFO(" \"#<>?^`{}/:;=@[\\]|");

    private static final HexFormat HEX = HexFormat.of().withUpperCase();
    private static final int REPLACEMENT_CHARACTER = 0xFFFD;

    private final String encoded;

    PercentEncodeSet(String encoded) {
        this.encoded = encoded;
    }

    /** Encodes text to ASCII. An unpaired surrogate becomes U+FFFD, as in every conversion to a scalar value string. */
    public String encode(String text) {
        int from = 0;
        while (from < text.length() && isUnencoded(text.charAt(from))) {
            from++;
        }
        if (from == text.length()) {
            return text;
        }
        StringBuilder result = new StringBuilder(text.length() + 16).append(text, 0, from);
        text.substring(from).codePoints().forEach(codePoint -> append(result, codePoint));
        return result.toString();
    }

    private void append(StringBuilder result, int codePoint) {
        if (isUnencoded(codePoint)) {
            result.append((char) codePoint);
            return;
        }
        boolean unpaired = codePoint <= 0xFFFF && Character.isSurrogate((char) codePoint);
        String character = Character.toString(unpaired ? REPLACEMENT_CHARACTER : codePoint);
        for (byte octet : character.getBytes(StandardCharsets.UTF_8)) {
            result.append('%').append(HEX.toHexDigits(octet));
        }
    }

    private boolean isUnencoded(int codePoint) {
        return codePoint >= ' ' && codePoint <= '~' && encoded.indexOf(codePoint) < 0;
    }
}
