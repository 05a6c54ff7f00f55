package dev.courant.urlpattern;

import com.google.re2j.Pattern;
import dev.courant.urlpattern.PatternPart.Kind;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The compiled pattern of one component (URL Pattern standard, sections 1.5 and 2.2). Immutable. */
final class ComponentPattern {

    private final boolean wildcard;
    private final @Nullable String literal;
    private final @Nullable Pattern regexp;
    private final String prefix;

    private ComponentPattern(boolean wildcard, @Nullable String literal, @Nullable Pattern regexp, String prefix) {
        this.wildcard = wildcard;
        this.literal = literal;
        this.regexp = regexp;
        this.prefix = prefix;
    }

    static ComponentPattern compile(
            String pattern,
            String delimiter,
            String prefixes,
            UnaryOperator<String> canonicalizer,
            RegexpBudget budget) {
        List<PatternPart> parts = PatternParser.parse(pattern, delimiter, prefixes, canonicalizer);
        if (parts.isEmpty()) {
            return new ComponentPattern(false, "", null, "");
        }
        PatternPart first = parts.get(0);
        if (parts.size() == 1
                && first.modifier().isEmpty()
                && first.prefix().isEmpty()
                && first.suffix().isEmpty()) {
            // Most components are a wildcard or fixed text, which do not need a regular expression.
            if (first.kind() == Kind.FULL_WILDCARD) {
                return new ComponentPattern(true, null, null, "");
            }
            if (first.kind() == Kind.FIXED_TEXT) {
                return new ComponentPattern(false, first.value(), null, first.value());
            }
        }
        LinearRegexp regexp = new LinearRegexp(budget);
        parts.forEach(part -> appendPart(regexp, part, delimiter));
        return new ComponentPattern(false, null, regexp.compile(), computePrefix(parts));
    }

    boolean matches(String component) {
        return wildcard || (regexp == null ? component.equals(literal) : regexp.matches(component));
    }

    /** Returns true if the {@link #prefix} is the only text that matches. */
    boolean isLiteral() {
        return literal != null;
    }

    /** Returns a common prefix of all texts that match. */
    String prefix() {
        return prefix;
    }

    private static String computePrefix(List<PatternPart> parts) {
        StringBuilder prefix = new StringBuilder();
        for (PatternPart part : parts) {
            boolean optional = part.modifier().equals("?") || part.modifier().equals("*");
            if (optional) {
                break;
            }
            prefix.append(part.kind() == Kind.FIXED_TEXT ? part.value() : part.prefix());
            if (part.kind() != Kind.FIXED_TEXT || part.isRepeated()) {
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

    /** Appends a part. If it is repeated, its suffix and its prefix stand between two repetitions. */
    private static void appendPart(LinearRegexp regexp, PatternPart part, String delimiter) {
        regexp.appendSyntax("(?:").appendLiteral(part.prefix());
        if (part.isRepeated() && part.kind() != Kind.FIXED_TEXT) {
            appendGroup(regexp, part, delimiter);
            regexp.appendSyntax("(?:").appendLiteral(part.suffix()).appendLiteral(part.prefix());
            appendGroup(regexp, part, delimiter);
            regexp.appendSyntax(")*").appendLiteral(part.suffix()).appendSyntax(")");
            regexp.appendSyntax(part.modifier().equals("*") ? "?" : "");
            return;
        }
        appendGroup(regexp, part, delimiter);
        regexp.appendLiteral(part.suffix()).appendSyntax(")").appendSyntax(part.modifier());
    }

    private static void appendGroup(LinearRegexp regexp, PatternPart part, String delimiter) {
        switch (part.kind()) {
            case FIXED_TEXT -> regexp.appendLiteral(part.value());
            case SEGMENT_WILDCARD ->
                regexp.appendSyntax(
                        delimiter.isEmpty() ? "(?s:.)+" : "[^" + LinearRegexp.escape(delimiter.charAt(0)) + "]+");
            case FULL_WILDCARD -> regexp.appendSyntax(".*");
            case REGEXP -> {
                regexp.appendSyntax("(?:");
                RegexpGroup.append(part.value(), regexp);
                regexp.appendSyntax(")");
            }
        }
    }
}
