package dev.courant.urlpattern;

/** A class of characters in a regular expression of JavaScript with the flag {@code v}. */
final class RegexpClass {

    private static final String SYNTAX = "()[]{}/-\\|";
    private static final String NOT_TWICE = "!#$%*+,.:;<=>?@^`~";
    private static final String ESCAPED = "&-!#%,:;<=>@`~";
    private static final String ANY = "\\x{0}-\\x{10ffff}";

    private RegexpClass() {}

    /** Reads on from behind the opening bracket. */
    static void translate(RegexpSource source, LinearRegexp out) {
        boolean negated = source.skip("^");
        StringBuilder members = new StringBuilder();
        while (!source.skip("]")) {
            member(source, members, out);
        }
        if (members.isEmpty()) {
            // JavaScript has an empty class, which matches nothing; RE2 takes the bracket for its first member.
            negated = !negated;
            members.append(ANY);
        }
        out.syntax((negated ? "[^" : "[") + members + "]");
    }

    private static void member(RegexpSource source, StringBuilder members, LinearRegexp out) {
        if (source.skip("\\")) {
            if (source.startsWith("q")) {
                throw source.refusal("'\\q' is not supported");
            }
            String set = RegexpEscape.set(source, out);
            if (set != null) {
                members.append(set);
                if (source.startsWith("-")) {
                    throw source.refusal("a range begins with a set");
                }
                return;
            }
            range(source, members, escaped(source));
        } else {
            range(source, members, bare(source));
        }
    }

    private static void range(RegexpSource source, StringBuilder members, int from) {
        members.append(LinearRegexp.character(from));
        if (source.startsWith("--")) {
            throw source.refusal("subtracting classes is not supported");
        }
        if (!source.skip("-")) {
            return;
        }
        int to = source.skip("\\") ? escaped(source) : bare(source);
        if (to < from) {
            throw source.refusal("a range ends before it begins");
        }
        members.append('-').append(LinearRegexp.character(to));
    }

    private static int escaped(RegexpSource source) {
        return source.skip("b") ? '\b' : RegexpEscape.character(source, ESCAPED);
    }

    private static int bare(RegexpSource source) {
        char one = source.next();
        if (one == '[') {
            throw source.refusal("a class within a class is not supported");
        }
        if (SYNTAX.indexOf(one) >= 0) {
            throw source.refusal("'" + one + "' in a class is written '\\" + one + "'");
        }
        if (one == '&' && source.startsWith("&")) {
            throw source.refusal("intersecting classes is not supported");
        }
        if (NOT_TWICE.indexOf(one) >= 0 && source.startsWith(String.valueOf(one))) {
            throw source.refusal("'" + one + one + "' in a class has no meaning");
        }
        return one;
    }
}
