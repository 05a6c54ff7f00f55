package dev.courant.urlpattern;

import java.util.Set;

/**
 * A translator of a JavaScript regular expression (ECMAScript, section 22.2.1, flag {@code v}) to the syntax of RE2. It
 * rejects everything that a browser rejects. It also rejects lookaround and backreferences, which cannot be matched in
 * linear time. Nested classes, which the flag permits, are not supported. Not thread-safe.
 */
final class RegexpGroup {

    private static final int MAX_DEPTH = 100;

    private final RegexpSource source;
    private final Set<String> names;
    private final LinearRegexp out;

    private RegexpGroup(RegexpSource source, Set<String> names, LinearRegexp out) {
        this.source = source;
        this.names = names;
        this.out = out;
    }

    /** @param names the names of earlier groups; this method adds the names in the expression */
    static void translate(String regexp, Set<String> names, LinearRegexp out) {
        RegexpGroup group = new RegexpGroup(new RegexpSource(regexp), names, out);
        group.translateAlternatives(0);
        if (!group.source.isAtEnd()) {
            throw group.source.error("')' has no matching '('");
        }
    }

    private void translateAlternatives(int depth) {
        if (depth > MAX_DEPTH) {
            throw source.error("groups are nested more than " + MAX_DEPTH + " levels deep");
        }
        while (!source.isAtEnd() && source.peek() != ')') {
            if (source.skip("|")) {
                out.appendSyntax("|");
                continue;
            }
            int before = out.budget().spent();
            if (translateTerm(depth)) {
                translateQuantifier(out.budget().spent() - before);
            }
        }
    }

    /** Translates a term and returns true if it can be repeated. */
    private boolean translateTerm(int depth) {
        char c = source.next();
        switch (c) {
            case '^', '$' -> {
                out.appendSyntax(String.valueOf(c));
                return false;
            }
            case '.' -> out.appendSyntax(".");
            case '(' -> translateGroup(depth);
            case '[' -> RegexpClass.translate(source, out);
            case '\\' -> {
                return RegexpEscape.translate(source, out);
            }
            case '*', '+', '?', '{' -> throw source.error("'" + c + "' follows nothing that can be repeated");
            case '}', ']' -> throw source.error("a literal '" + c + "' must be escaped as '\\" + c + "'");
            default -> out.appendLiteral(String.valueOf(c));
        }
        return true;
    }

    private void translateGroup(int depth) {
        if (!source.skip("?")) {
            throw source.error("a nested group does not begin with '(?:'");
        }
        if (source.skip("=") || source.skip("!") || source.skip("<=") || source.skip("<!")) {
            throw source.error("lookahead and lookbehind are not supported");
        }
        if (source.skip("<")) {
            String name = source.readUntil('>');
            boolean valid = name.matches("[A-Za-z_$][A-Za-z0-9_$]*");
            if (!valid || !names.add(name)) {
                throw source.error(valid ? "two groups have the name '" + name + "'" : "a group has an invalid name");
            }
            out.appendSyntax("(?:");
        } else {
            out.appendSyntax("(?" + parseFlags() + ":");
        }
        translateAlternatives(depth + 1);
        if (!source.skip(")")) {
            throw source.error("'(' has no matching ')'");
        }
        out.appendSyntax(")");
    }

    private String parseFlags() {
        String flags = source.contains(':') ? source.readUntil(':') : "-";
        boolean valid = flags.matches("[ims]*(-[ims]*)?") && !flags.equals("-");
        if (!valid || flags.chars().distinct().count() < flags.length()) {
            throw source.error("a nested group does not begin with '(?:'");
        }
        return flags.endsWith("-") ? flags.substring(0, flags.length() - 1) : flags;
    }

    private void translateQuantifier(int cost) {
        String quantifier = source.readQuantifier();
        if (quantifier.isEmpty()) {
            return;
        }
        int repetitions = RegexpSource.maxRepetitions(quantifier);
        if (repetitions > LinearRegexp.MAX_REPETITIONS) {
            throw source.error(
                    "'" + quantifier + "' exceeds the maximum of " + LinearRegexp.MAX_REPETITIONS + " repetitions");
        }
        out.appendSyntax(quantifier);
        out.budget().spend(repetitions * (cost + 1));
    }
}
