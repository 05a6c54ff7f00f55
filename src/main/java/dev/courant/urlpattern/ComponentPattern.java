package dev.courant.urlpattern;

import com.google.re2j.Pattern;
import dev.courant.urlpattern.PatternPart.Kind;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The pattern of one component, compiled (URL Pattern standard, sections 1.5 and 2.2). Immutable. */
final class ComponentPattern {

    private final boolean anything;
    private final @Nullable String text;
    private final @Nullable Pattern regexp;
    private final String prefix;

    private ComponentPattern(boolean anything, @Nullable String text, @Nullable Pattern regexp, String prefix) {
        this.anything = anything;
        this.text = text;
        this.regexp = regexp;
        this.prefix = prefix;
    }

    static ComponentPattern compile(
            String pattern, String delimiter, String prefixes, UnaryOperator<String> canonical, RegexpBudget budget) {
        List<PatternPart> parts = PatternParser.parse(pattern, delimiter, prefixes, canonical);
        if (parts.isEmpty()) {
            return new ComponentPattern(false, "", null, "");
        }
        PatternPart first = parts.get(0);
        if (parts.size() == 1
                && first.modifier().isEmpty()
                && first.prefix().isEmpty()
                && first.suffix().isEmpty()) {
            // Most components of most patterns are one of these two, and need no machine.
            if (first.kind() == Kind.FULL_WILDCARD) {
                return new ComponentPattern(true, null, null, "");
            }
            if (first.kind() == Kind.FIXED_TEXT) {
                return new ComponentPattern(false, first.value(), null, first.value());
            }
        }
        LinearRegexp regexp = new LinearRegexp(budget);
        Set<String> names = new HashSet<>();
        parts.forEach(part -> append(regexp, part, delimiter, names));
        return new ComponentPattern(false, null, regexp.compile(), prefix(parts));
    }

    boolean matches(String component) {
        return anything || (regexp == null ? component.equals(text) : regexp.matches(component));
    }

    /** Whether only one text matches, which is the {@link #prefix}. */
    boolean isLiteral() {
        return text != null;
    }

    /** Returns the text with which everything that matches begins. */
    String prefix() {
        return prefix;
    }

    private static String prefix(List<PatternPart> parts) {
        StringBuilder prefix = new StringBuilder();
        for (PatternPart part : parts) {
            boolean optional = part.modifier().equals("?") || part.modifier().equals("*");
            if (optional) {
                break;
            }
            prefix.append(part.kind() == Kind.FIXED_TEXT ? part.value() : part.prefix());
            if (part.kind() != Kind.FIXED_TEXT || part.repeats()) {
                break;
            }
        }
        return prefix.toString();
    }

    boolean matchesSpecialScheme() {
        for (String scheme : WebUrl.specialSchemes()) {
            if (matches(scheme)) {
                return true;
            }
        }
        return false;
    }

    /** Between two repetitions stand the suffix of the one and the prefix of the other. */
    private static void append(LinearRegexp regexp, PatternPart part, String delimiter, Set<String> names) {
        regexp.syntax("(?:").literal(part.prefix());
        if (part.repeats() && part.kind() != Kind.FIXED_TEXT) {
            appendGroup(regexp, part, delimiter, names);
            regexp.syntax("(?:").literal(part.suffix()).literal(part.prefix());
            appendGroup(regexp, part, delimiter, names);
            regexp.syntax(")*").literal(part.suffix()).syntax(")");
            regexp.syntax(part.modifier().equals("*") ? "?" : "");
            return;
        }
        appendGroup(regexp, part, delimiter, names);
        regexp.literal(part.suffix()).syntax(")").syntax(part.modifier());
    }

    private static void appendGroup(LinearRegexp regexp, PatternPart part, String delimiter, Set<String> names) {
        switch (part.kind()) {
            case FIXED_TEXT -> regexp.literal(part.value());
            case SEGMENT_WILDCARD ->
                regexp.syntax(
                        delimiter.isEmpty() ? "(?s:.)+" : "[^" + LinearRegexp.character(delimiter.charAt(0)) + "]+");
            case FULL_WILDCARD -> regexp.syntax(".*");
            case REGEXP -> {
                regexp.syntax("(?:");
                RegexpGroup.translate(part.value(), names, regexp);
                regexp.syntax(")");
            }
        }
    }
}
