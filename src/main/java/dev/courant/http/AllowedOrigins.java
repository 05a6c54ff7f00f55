package dev.courant.http;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Origins of web pages, as a browser writes them (RFC 6454, section 6.1). Immutable. */
public final class AllowedOrigins {

    private static final String SETTING = "courant.cors.origins";

    /** Opaque origins, which are written "null" and anyone can have, are none of these. */
    private static final Pattern FORM =
            Pattern.compile("([A-Za-z][A-Za-z0-9+.-]*)://([A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.]+])(?::([0-9]{1,5}))?");

    private static final Pattern PATH = Pattern.compile("[/?#].*", Pattern.DOTALL);

    private final Set<String> origins;

    private AllowedOrigins(Set<String> origins) {
        this.origins = origins;
    }

    /**
     * Reads {@code courant.cors.origins}: origins, separated by commas; of none, none is one of them.
     *
     * @throws IllegalArgumentException naming the setting
     */
    public static AllowedOrigins of(String list) {
        return new AllowedOrigins(Pattern.compile(",")
                .splitAsStream(list)
                .map(String::strip)
                .filter(origin -> !origin.isEmpty())
                .map(AllowedOrigins::listed)
                .collect(Collectors.toUnmodifiableSet()));
    }

    private static String listed(String text) {
        String origin = normal(text);
        if (origin == null) {
            throw new IllegalArgumentException(SETTING
                    + " has to be a list, with commas, of origins such as https://www.example.com or"
                    + " http://localhost:3000: no path, not even a slash, no '*' and no 'null'");
        }
        return origin;
    }

    /** Whether the header names one of these: exactly, as a browser would. */
    public boolean contain(@Nullable String origin) {
        return origin != null && origins.contains(origin);
    }

    /** An origin as a browser would write it, in lower case and without the scheme's own port; {@code null} if it is none. */
    public static @Nullable String normal(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            return null;
        }
        String scheme = form.group(1).toLowerCase(Locale.ROOT);
        String port = form.group(3);
        boolean usual = port == null || port.equals(usualPort(scheme));
        return scheme + "://" + form.group(2).toLowerCase(Locale.ROOT) + (usual ? "" : ":" + port);
    }

    /** The origin of an address; {@code null} if it has none, or names a user, which is how addresses deceive. */
    public static @Nullable String ofAddress(String address) {
        Matcher scheme = Pattern.compile("[A-Za-z0-9+.-]+://").matcher(address);
        if (!scheme.lookingAt()) {
            return null;
        }
        String rest = address.substring(scheme.end());
        return normal(scheme.group() + PATH.matcher(rest).replaceFirst(""));
    }

    private static String usualPort(String scheme) {
        return switch (scheme) {
            case "http" -> "80";
            case "https" -> "443";
            default -> "";
        };
    }
}
