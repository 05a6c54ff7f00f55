package dev.courant.http;

import java.util.Collection;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The query parameters of a resource. A name that is similar to one of them is refused as a likely typing error. Any
 * other name is ignored, since proxies and analytics add their own. Immutable.
 *
 * @param known the names of the parameters that the resource supports
 */
public record ParameterNames(Set<String> known) {

    /**
     * The minimum length of a known name for the comparison with one typing error. With a shorter name such as {@code
     * id}, unrelated names would be similar.
     */
    private static final int MIN_LENGTH = 4;

    /** @throws ProblemException 400 if a name is unknown and similar to a known one */
    public void check(Collection<String> names) {
        for (String name : names) {
            if (!known.contains(name)) {
                for (String candidate : known) {
                    if (isSimilar(name, candidate)) {
                        throw new ProblemException(
                                400, "The parameter '" + toPrintable(name) + "' is unknown. Use '" + candidate + "'.");
                    }
                }
            }
        }
    }

    /** @throws ProblemException 400 if the parameter {@code heartbeat} has a value other than {@code event} */
    public static void checkHeartbeat(@Nullable String value) {
        if (value != null && !value.equals("event")) {
            throw invalidValue("heartbeat", value, "Use 'event' or omit it.");
        }
    }

    /** @param advice what to send instead, as a sentence */
    public static ProblemException invalidValue(String name, String value, String advice) {
        return new ProblemException(
                400, "The parameter '" + name + "' has the value '" + toPrintable(value) + "'. " + advice);
    }

    private static boolean isSimilar(String name, String candidate) {
        String plain = normalize(name);
        String other = normalize(candidate);
        return plain.equals(other)
                || plain.equals(other + 's')
                || (other.length() >= MIN_LENGTH && isOneEditAway(plain, other));
    }

    /** Removes case, dashes, underscores, and the brackets that PHP and others append to a name. */
    private static String normalize(String name) {
        int bracket = name.indexOf('[');
        return (bracket < 0 ? name : name.substring(0, bracket))
                .toLowerCase(Locale.ROOT)
                .replace("_", "")
                .replace("-", "");
    }

    /**
     * Returns whether the names differ by one added, missing or different letter, or by two exchanged neighbouring
     * letters.
     */
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

    private static String toPrintable(String name) {
        return name.substring(0, Math.min(name.length(), 40)).replaceAll("[^ -&(-~]", "?");
    }
}
