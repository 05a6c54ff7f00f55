package dev.courant.urlpattern;

/**
 * A translator of a character class of a JavaScript regular expression with the flag {@code v} to the syntax of RE2.
 */
final class RegexpClass {

    private static final String SYNTAX = "()[]{}/-\\|";
    private static final String RESERVED_DOUBLED = "!#$%*+,.:;<=>?@^`~";
    private static final String ESCAPABLE = "&-!#%,:;<=>@`~";
    private static final String ANY_CHARACTER = "\\x{0}-\\x{10ffff}";

    private RegexpClass() {}

    /** Translates a class, starting after its opening bracket. */
    static void translate(RegexpSource source, LinearRegexp out) {
        boolean negated = source.skip("^");
        StringBuilder members = new StringBuilder();
        while (!source.skip("]")) {
            appendMember(source, members, out);
        }
        if (members.isEmpty()) {
            // In JavaScript, [] matches nothing and [^] any character. In RE2, the bracket would be a member of the
            // class.
            negated = !negated;
            members.append(ANY_CHARACTER);
        }
        out.appendSyntax((negated ? "[^" : "[") + members + "]");
    }

    private static void appendMember(RegexpSource source, StringBuilder members, LinearRegexp out) {
        if (source.skip("\\")) {
            if (source.startsWith("q")) {
                throw source.error("'\\q' is not supported");
            }
            String set = RegexpEscape.parseSet(source, out);
            if (set != null) {
                members.append(set);
                if (source.startsWith("-")) {
                    throw source.error("a range begins with a character set");
                }
                return;
            }
            appendRange(source, members, parseEscaped(source));
        } else {
            appendRange(source, members, parseUnescaped(source));
        }
    }

    private static void appendRange(RegexpSource source, StringBuilder members, int from) {
        members.append(LinearRegexp.escape(from));
        if (source.startsWith("--")) {
            throw source.error("subtraction of classes is not supported");
        }
        if (!source.skip("-")) {
            return;
        }
        int to = source.skip("\\") ? parseEscaped(source) : parseUnescaped(source);
        if (to < from) {
            throw source.error("a range is in the wrong order");
        }
        members.append('-').append(LinearRegexp.escape(to));
    }

    private static int parseEscaped(RegexpSource source) {
        return source.skip("b") ? '\b' : RegexpEscape.parseCharacter(source, ESCAPABLE);
    }

    private static int parseUnescaped(RegexpSource source) {
        char c = source.next();
        if (c == '[') {
            throw source.error("nested classes are not supported");
        }
        if (SYNTAX.indexOf(c) >= 0) {
            throw source.error("'" + c + "' in a class must be escaped as '\\" + c + "'");
        }
        if (c == '&' && source.startsWith("&")) {
            throw source.error("intersection of classes is not supported");
        }
        if (RESERVED_DOUBLED.indexOf(c) >= 0 && source.startsWith(String.valueOf(c))) {
            throw source.error("'" + c + c + "' is not allowed in a class");
        }
        return c;
    }
}
