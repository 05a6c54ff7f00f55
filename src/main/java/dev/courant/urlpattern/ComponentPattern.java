package dev.courant.urlpattern;

import dev.courant.urlpattern.PatternPart.Kind;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The compiled pattern of one component (URL Pattern standard, sections 1.5 and 2.2). Immutable. */
final class ComponentPattern {

    private static final ComponentPattern WILDCARD = new ComponentPattern(null, "");

    /** The regular expression, {@code null} for fixed text or a wildcard, which do not need one. */
    private final @Nullable LazyPattern regexp;

    private final String prefix;

    private ComponentPattern(@Nullable LazyPattern regexp, String prefix) {
        this.regexp = regexp;
        this.prefix = prefix;
    }

    static ComponentPattern compile(
            String pattern,
            String delimiter,
            String prefixes,
            UnaryOperator<String> canonicalizer,
            RegexpBudget budget) {
        if (pattern.equals("*")) {
            return WILDCARD;
        }
        List<PatternPart> parts = PatternParser.parse(pattern, delimiter, prefixes, canonicalizer);
        if (parts.size() == 1 && parts.get(0).isLiteral()) {
            return new ComponentPattern(null, parts.get(0).value());
        }
        LinearRegexp regexp = new LinearRegexp(budget);
        parts.forEach(part -> appendPart(regexp, part, delimiter));
        return new ComponentPattern(regexp.build(), computePrefix(parts));
    }

    boolean matches(String component) {
        return this == WILDCARD || (regexp == null ? component.equals(prefix) : regexp.matches(component));
    }

    /** Returns true if the {@link #prefix} is the only text that matches. */
    boolean isLiteral() {
        return regexp == null && this != WILDCARD;
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
            case SEGMENT_WILDCARD -> regexp.appendSyntax(delimiter.isEmpty() ? "(?s:.)+" : "[^" + delimiter + "]+");
            case FULL_WILDCARD -> regexp.appendSyntax(".*");
            case REGEXP -> {
                regexp.appendSyntax("(?:");
                RegexpGroup.append(part.value(), regexp);
                regexp.appendSyntax(")");
            }
        }
    }
}
