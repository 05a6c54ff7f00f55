package dev.courant.urlpattern;

import java.net.IDN;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A parser that converts the host of a URL to its canonical form (URL standard, section 3.5).
 *
 * <p>Non-ASCII domains are converted by {@link IDN}, which implements IDNA2003 with the tables of Unicode 3.2. The
 * standard requires UTS #46. The differences are:
 *
 * <ul>
 *   <li>The four deviation characters (sharp s, final sigma and the two joiners) are rejected. Otherwise
 *       {@code faß.example} would become {@code fass.example}.
 *   <li>Characters added after Unicode 3.2 are not mapped, except to lower case.
 *   <li>The rules for the context of a character and for bidirectional text are those of IDNA2003.
 *   <li>A non-ASCII label has at most 63 characters.
 * </ul>
 */
final class WebHost {

    private static final String FORBIDDEN = "\0\t\n\r #/:<>?@[\\]^|";
    private static final String DEVIATION_CHARACTERS = "\u00DF\u1E9E\u03C2\u200C\u200D";

    private static final Pattern DOTS = Pattern.compile("[.\u3002\uFF0E\uFF61]");

    private WebHost() {}

    /**
     * Returns the canonical form of a host, {@code null} if the text is not a valid host.
     *
     * @param opaque whether the URL is not special; its host is then percent-encoded but not interpreted
     */
    static @Nullable String parse(String text, boolean opaque) {
        if (text.startsWith("[")) {
            String address = text.endsWith("]") ? Ipv6Address.parse(text.substring(1, text.length() - 1)) : null;
            return address == null ? null : "[" + address + "]";
        }
        if (opaque) {
            boolean forbidden = text.chars().anyMatch(c -> FORBIDDEN.indexOf(c) >= 0);
            return forbidden ? null : PercentEncodeSet.C0_CONTROL.encode(text);
        }
        String domain = toAscii(PercentDecoder.decode(text));
        if (domain == null || domain.isEmpty() || !domain.chars().allMatch(WebHost::isDomainCharacter)) {
            return null;
        }
        return Ipv4Parser.endsInNumber(domain) ? Ipv4Parser.parse(domain) : domain;
    }

    private static @Nullable String toAscii(String domain) {
        if (domain.chars().allMatch(c -> c < 0x80)) {
            return domain.toLowerCase(Locale.ROOT);
        }
        if (domain.chars().anyMatch(c -> DEVIATION_CHARACTERS.indexOf(c) >= 0 || c == 0xFFFD)) {
            return null;
        }
        try {
            // Converts each label by itself, because IDN rejects empty labels, which the standard accepts.
            return Stream.of(DOTS.split(domain.toLowerCase(Locale.ROOT), -1))
                    .map(label -> label.isEmpty() ? "" : IDN.toASCII(label, IDN.ALLOW_UNASSIGNED))
                    .collect(Collectors.joining("."))
                    .toLowerCase(Locale.ROOT);
        } catch (IllegalArgumentException notADomain) {
            return null;
        }
    }

    private static boolean isDomainCharacter(int ascii) {
        return ascii > ' ' && ascii < 0x7F && ascii != '%' && FORBIDDEN.indexOf(ascii) < 0;
    }
}
