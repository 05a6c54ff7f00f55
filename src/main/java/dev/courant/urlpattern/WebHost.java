package dev.courant.urlpattern;

import java.net.IDN;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The host of a URL in its one form (URL standard, section 3.5).
 *
 * <p>Domains that are not ASCII go through {@link IDN}, which is IDNA2003 with the tables of Unicode 3.2, where the
 * standard wants UTS #46. The four characters that the two read differently (sharp s, final sigma and the two joiners)
 * are refused, lest {@code faß.example} stand for {@code fass.example}. Characters younger than Unicode 3.2 are taken
 * as they are, and the rest of their mapping is not known; contextual and bidirectional rules are those of 2003; and a label
 * that is not ASCII has 63 characters at most.
 */
final class WebHost {

    private static final String FORBIDDEN = "\0\t\n\r #/:<>?@[\\]^|";
    private static final String READ_DIFFERENTLY = "\u00DF\u1E9E\u03C2\u200C\u200D";

    private static final Pattern DOTS = Pattern.compile("[.\u3002\uFF0E\uFF61]");

    private WebHost() {}

    /** Null if no host may be written so. The host of a URL that is not special is opaque: nobody knows what it is. */
    static @Nullable String parse(String text, boolean opaque) {
        if (text.startsWith("[")) {
            String address = text.endsWith("]") ? Ipv6Address.parse(text.substring(1, text.length() - 1)) : null;
            return address == null ? null : "[" + address + "]";
        }
        if (opaque) {
            boolean forbidden = text.chars().anyMatch(each -> FORBIDDEN.indexOf(each) >= 0);
            return forbidden ? null : PercentEncodeSet.C0_CONTROL.encode(text);
        }
        String domain = toAscii(PercentDecoder.all(text));
        if (domain == null || domain.isEmpty() || !domain.chars().allMatch(WebHost::standsInDomain)) {
            return null;
        }
        return Ipv4Parser.isMeant(domain) ? Ipv4Parser.parse(domain) : domain;
    }

    private static @Nullable String toAscii(String domain) {
        if (domain.chars().allMatch(each -> each < 0x80)) {
            return domain.toLowerCase(Locale.ROOT);
        }
        if (domain.chars().anyMatch(each -> READ_DIFFERENTLY.indexOf(each) >= 0 || each == 0xFFFD)) {
            return null;
        }
        try {
            // Label by label, because IDN refuses empty ones, which have no meaning but are no failure either.
            return Stream.of(DOTS.split(domain.toLowerCase(Locale.ROOT), -1))
                    .map(label -> label.isEmpty() ? "" : IDN.toASCII(label, IDN.ALLOW_UNASSIGNED))
                    .collect(Collectors.joining("."))
                    .toLowerCase(Locale.ROOT);
        } catch (IllegalArgumentException notADomain) {
            return null;
        }
    }

    private static boolean standsInDomain(int ascii) {
        return ascii > ' ' && ascii < 0x7F && ascii != '%' && FORBIDDEN.indexOf(ascii) < 0;
    }
}
