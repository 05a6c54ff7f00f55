package dev.courant.urlpattern;

import dev.courant.urlpattern.PatternPart.Kind;
import dev.courant.urlpattern.PatternToken.Lexeme;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A parser that splits the pattern of one component into its parts (URL Pattern standard, section 2.1.5). Not
 * thread-safe.
 */
final class PatternParser {

    private static final String FULL_WILDCARD = ".*";

    private final List<PatternToken> tokens;
    private final String delimiter;
    private final String prefixes;
    private final UnaryOperator<String> canonicalizer;
    private final List<PatternPart> parts = new ArrayList<>();
    private final Set<String> names = new HashSet<>();
    private final StringBuilder pending = new StringBuilder();
    private int at;
    private int groupCount;

    private PatternParser(String pattern, String delimiter, String prefixes, UnaryOperator<String> canonicalizer) {
        this.tokens = PatternTokenizer.tokenizeStrictly(pattern);
        this.delimiter = delimiter;
        this.prefixes = prefixes;
        this.canonicalizer = canonicalizer;
    }

    /**
     * Parses a pattern.
     *
     * @param delimiter the character that a named group does not match, or an empty text
     * @param prefixes the character that becomes the prefix of a group when it precedes one, or an empty text
     */
    static List<PatternPart> parse(
            String pattern, String delimiter, String prefixes, UnaryOperator<String> canonicalizer) {
        if (UrlTextScanner.indexOfAny(pattern, PatternTokenizer.SYNTAX) == pattern.length()) {
            // Most components are fixed text. Tokenizing them would cost as much garbage as the rest of the pattern.
            return List.of(PatternPart.ofFixedText(canonicalizer.apply(pattern), ""));
        }
        return new PatternParser(pattern, delimiter, prefixes, canonicalizer).parse();
    }

    private List<PatternPart> parse() {
        while (at < tokens.size()) {
            PatternToken character = take(Lexeme.CHAR);
            PatternToken name = take(Lexeme.NAME);
            PatternToken group = takeGroup(name);
            if (name != null || group != null) {
                String prefix = character == null ? "" : character.value();
                if (!prefix.equals(prefixes)) {
                    pending.append(prefix);
                    prefix = "";
                }
                add(prefix, name, group, "", takeModifier());
                continue;
            }
            PatternToken fixed = character == null ? take(Lexeme.ESCAPED_CHAR) : character;
            if (fixed != null) {
                pending.append(fixed.value());
            } else if (take(Lexeme.OPEN) != null) {
                String prefix = takeText();
                PatternToken named = take(Lexeme.NAME);
                PatternToken grouped = takeGroup(named);
                String suffix = takeText();
                require(Lexeme.CLOSE, "'{' has no matching '}', or the braces contain more than one group");
                add(prefix, named, grouped, suffix, takeModifier());
            } else {
                flushPending();
                require(Lexeme.END, "unexpected character");
            }
        }
        return parts;
    }

    private void add(
            String prefix, @Nullable PatternToken name, @Nullable PatternToken group, String suffix, String modifier) {
        if (name == null && group == null && modifier.isEmpty()) {
            pending.append(prefix);
            return;
        }
        flushPending();
        if (name == null && group == null) {
            if (!prefix.isEmpty()) {
                parts.add(PatternPart.ofFixedText(canonicalizer.apply(prefix), modifier));
            }
            return;
        }
        String key = name == null ? String.valueOf(groupCount++) : name.value();
        if (!names.add(key)) {
            throw new IllegalArgumentException("two groups have the name " + PatternExcerpt.of(key));
        }
        Kind kind = kindOf(group);
        String regexp = kind == Kind.REGEXP && group != null ? group.value() : "";
        parts.add(new PatternPart(kind, regexp, modifier, canonicalizer.apply(prefix), canonicalizer.apply(suffix)));
    }

    /**
     * Returns the kind of a group. A group that contains the regular expression of a wildcard is that wildcard. If the
     * delimiter is empty, that expression is {@code [^]+?}.
     */
    private Kind kindOf(@Nullable PatternToken group) {
        if (group == null || group.value().equals("[^" + LinearRegexp.escapeDelimiter(delimiter) + "]+?")) {
            return Kind.SEGMENT_WILDCARD;
        }
        boolean full = group.type() == Lexeme.ASTERISK || group.value().equals(FULL_WILDCARD);
        return full ? Kind.FULL_WILDCARD : Kind.REGEXP;
    }

    private void flushPending() {
        if (!pending.isEmpty()) {
            parts.add(PatternPart.ofFixedText(canonicalizer.apply(pending.toString()), ""));
            pending.setLength(0);
        }
    }

    private @Nullable PatternToken take(Lexeme type) {
        return tokens.get(at).type() == type ? tokens.get(at++) : null;
    }

    private @Nullable PatternToken takeGroup(@Nullable PatternToken name) {
        PatternToken group = take(Lexeme.REGEXP);
        return group == null && name == null ? take(Lexeme.ASTERISK) : group;
    }

    private String takeModifier() {
        PatternToken modifier = take(Lexeme.OTHER_MODIFIER);
        modifier = modifier == null ? take(Lexeme.ASTERISK) : modifier;
        return modifier == null ? "" : modifier.value();
    }

    private String takeText() {
        StringBuilder text = new StringBuilder();
        PatternToken token = take(Lexeme.CHAR);
        token = token == null ? take(Lexeme.ESCAPED_CHAR) : token;
        while (token != null) {
            text.append(token.value());
            token = take(Lexeme.CHAR);
            token = token == null ? take(Lexeme.ESCAPED_CHAR) : token;
        }
        return text.toString();
    }

    private void require(Lexeme type, String message) {
        if (take(type) == null) {
            throw new IllegalArgumentException(
                    message + ": " + PatternExcerpt.of(tokens.get(at).value()));
        }
    }
}
