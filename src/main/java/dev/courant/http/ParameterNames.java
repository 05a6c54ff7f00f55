package dev.courant.http;

import java.util.Collection;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The parameters that an address knows. A name that is close to one of them is most likely a mistake and is refused;
 * any other name is ignored, since proxies and analytics add their own. Immutable.
 *
 * @param known the names
 */
public record ParameterNames(Set<String> known) {

    /** The shortest name of which one letter may differ: {@code id} is close to too many others. */
    private static final int MIN_LENGTH = 4;

    /** @throws ProblemException 400 if a name is none of those known, but close to one */
    public void check(Collection<String> names) {
        for (String name : names) {
            if (!known.contains(name)) {
                for (String candidate : known) {
                    if (isClose(name, candidate)) {
                        throw new ProblemException(
                                400, "There is no parameter '" + printable(name) + "' here. Use '" + candidate + "'.");
                    }
                }
            }
        }
    }

    /** @throws ProblemException 400 if there is a value of the parameter {@code heartbeat} other than {@code event} */
    public static void checkHeartbeat(@Nullable String value) {
        if (value != null && !value.equals("event")) {
            throw new ProblemException(400, "The parameter heartbeat has the value 'event', or is left out.");
        }
    }

    private static boolean isClose(String name, String candidate) {
        String plain = plain(name);
        String other = plain(candidate);
        return plain.equals(other)
                || plain.equals(other + 's')
                || (other.length() >= MIN_LENGTH && isOneEditAway(plain, other));
    }

    /** Without case, dashes, underscores and the brackets that PHP and others write behind a name. */
    private static String plain(String name) {
        int bracket = name.indexOf('[');
        return (bracket < 0 ? name : name.substring(0, bracket))
                .toLowerCase(Locale.ROOT)
                .replace("_", "")
                .replace("-", "");
    }

    /** One letter more, less or other, or two neighbours exchanged. */
    private static boolean isOneEditAway(String one, String other) {
        int start = 0;
        int shorter = Math.min(one.length(), other.length());
        while (start < shorter && one.charAt(start) == other.charAt(start)) {
            start++;
        }
        String rest = one.substring(start);
        String otherRest = other.substring(start);
        return switch (rest.length() - otherRest.length()) {
            case 1 -> rest.substring(1).equals(otherRest);
            case -1 -> otherRest.substring(1).equals(rest);
            case 0 ->
                rest.isEmpty()
                        || rest.substring(1).equals(otherRest.substring(1))
                        || (rest.length() > 1
                                && rest.charAt(0) == otherRest.charAt(1)
                                && rest.charAt(1) == otherRest.charAt(0)
                                && rest.substring(2).equals(otherRest.substring(2)));
            default -> false;
        };
    }

    private static String printable(String name) {
        return name.substring(0, Math.min(name.length(), 40)).replaceAll("[^ -&(-~]", "?");
    }
}
