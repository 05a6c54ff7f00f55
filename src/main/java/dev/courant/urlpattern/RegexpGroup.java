package dev.courant.urlpattern;

import java.util.Set;

/**
 * Translates a regular expression as JavaScript has it (ECMAScript, section 22.2.1, flag {@code v}) into one of RE2. It
 * takes nothing that a browser refuses. What cannot be matched in linear time (looking around, references back) it
 * refuses, and the nested classes of that flag, with which nobody has asked for topics yet. For one thread.
 */
final class RegexpGroup {

    private static final int DEEPEST = 100;

    private final RegexpSource source;
    private final Set<String> names;
    private final LinearRegexp out;

    private RegexpGroup(RegexpSource source, Set<String> names, LinearRegexp out) {
        this.source = source;
        this.names = names;
        this.out = out;
    }

    /** @param names those of the groups before, to which the names in here are added */
    static void translate(String regexp, Set<String> names, LinearRegexp out) {
        RegexpGroup group = new RegexpGroup(new RegexpSource(regexp), names, out);
        group.alternatives(0);
        if (!group.source.atEnd()) {
            throw group.source.refusal("a parenthesis ')' closes nothing");
        }
    }

    private void alternatives(int depth) {
        if (depth > DEEPEST) {
            throw source.refusal("groups are nested too deeply");
        }
        while (!source.atEnd() && source.peek() != ')') {
            if (source.skip("|")) {
                out.syntax("|");
                continue;
            }
            int before = out.budget().spent();
            if (term(depth)) {
                quantifier(out.budget().spent() - before);
            }
        }
    }

    /** Writes one term; whether it can be repeated. */
    private boolean term(int depth) {
        char one = source.next();
        switch (one) {
            case '^', '$' -> {
                out.syntax(String.valueOf(one));
                return false;
            }
            case '.' -> out.syntax(".");
            case '(' -> group(depth);
            case '[' -> RegexpClass.translate(source, out);
            case '\\' -> {
                return RegexpEscape.translate(source, out);
            }
            case '*', '+', '?', '{' -> throw source.refusal("'" + one + "' has nothing to repeat");
            case '}', ']' -> throw source.refusal("'" + one + "' closes nothing");
            default -> out.literal(String.valueOf(one));
        }
        return true;
    }

    private void group(int depth) {
        if (!source.skip("?")) {
            throw source.refusal("a group within a group begins with '(?:'");
        }
        if (source.skip("=") || source.skip("!") || source.skip("<=") || source.skip("<!")) {
            throw source.refusal("looking ahead or behind is not supported");
        }
        if (source.skip("<")) {
            String name = source.upTo('>');
            boolean valid = name.matches("[A-Za-z_$][A-Za-z0-9_$]*");
            if (!valid || !names.add(name)) {
                throw source.refusal(valid ? "two groups have the name '" + name + "'" : "a group has no valid name");
            }
            out.syntax("(?:");
        } else {
            out.syntax("(?" + flags() + ":");
        }
        alternatives(depth + 1);
        if (!source.skip(")")) {
            throw source.refusal("a parenthesis is not closed");
        }
        out.syntax(")");
    }

    private String flags() {
        String flags = source.has(':') ? source.upTo(':') : "-";
        boolean valid = flags.matches("[ims]*(-[ims]*)?") && !flags.equals("-");
        if (!valid || flags.chars().distinct().count() < flags.length()) {
            throw source.refusal("a group within a group begins with '(?:'");
        }
        return flags.endsWith("-") ? flags.substring(0, flags.length() - 1) : flags;
    }

    private void quantifier(int cost) {
        String quantifier = source.quantifier();
        if (quantifier.isEmpty()) {
            return;
        }
        int most = RegexpSource.mostOf(quantifier);
        if (most > LinearRegexp.MAX_REPETITIONS) {
            throw source.refusal(
                    "'" + quantifier + "' is not a number of repetitions up to " + LinearRegexp.MAX_REPETITIONS);
        }
        out.syntax(quantifier);
        out.budget().spend(most * (cost + 1));
    }
}
