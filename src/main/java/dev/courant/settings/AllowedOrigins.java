package dev.courant.settings;

import java.util.Collection;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The configured origins of web pages, in the form of the {@code Origin} header (RFC 6454, section 6.1). Immutable.
 */
public final class AllowedOrigins {

    /** Excludes opaque origins: they are written "null", and any page can have one. */
    private static final Pattern ORIGIN =
            Pattern.compile("([A-Za-z][A-Za-z0-9+.-]*)://([A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.]+])(?::([0-9]{1,5}))?");

    private static final Pattern PATH = Pattern.compile("[/?#].*", Pattern.DOTALL);

    private final Set<String> origins;

    /** @param origins in the form that {@link #normalize} returns */
    public AllowedOrigins(Collection<String> origins) {
        this.origins = Set.copyOf(origins);
    }

    static String parse(String text) {
        String origin = normalize(text);
        if (origin == null) {
            throw new IllegalArgumentException("not an origin: " + text);
        }
        return origin;
    }

    /** Returns whether the value of an {@code Origin} header is one of these origins, compared character by character. */
    public boolean contains(@Nullable String origin) {
        return origin != null && origins.contains(origin);
    }

    /** Returns the origin as a browser writes it, in lower case and without a default port, or {@code null} if it is malformed. */
    public static @Nullable String normalize(String text) {
        Matcher form = ORIGIN.matcher(text);
        if (!form.matches()) {
            return null;
        }
        String scheme = form.group(1).toLowerCase(Locale.ROOT);
        String port = form.group(3);
        boolean isDefault = port == null || port.equals(defaultPort(scheme));
        return scheme + "://" + form.group(2).toLowerCase(Locale.ROOT) + (isDefault ? "" : ":" + port);
    }

    /**
     * Returns the origin of a URL, or {@code null} if it has none.
     *
     * <p>A URL with a user name counts as one without an origin: {@code https://trusted.example@evil.example/} is a common way
     * to deceive readers.
     */
    public static @Nullable String findOrigin(String url) {
        Matcher scheme = Pattern.compile("[A-Za-z0-9+.-]+://").matcher(url);
        if (!scheme.lookingAt()) {
            return null;
        }
        String rest = url.substring(scheme.end());
        return normalize(scheme.group() + PATH.matcher(rest).replaceFirst(""));
    }

    private static String defaultPort(String scheme) {
        return switch (scheme) {
            case "http" -> "80";
            case "https" -> "443";
            default -> "";
        };
    }
}
