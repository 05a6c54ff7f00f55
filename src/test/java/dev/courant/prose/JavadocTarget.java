package dev.courant.prose;

import dev.courant.prose.Passage.Kind;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Tells from the source code after a Javadoc comment what the comment describes. */
final class JavadocTarget {

    private static final Pattern SKIPPED = Pattern.compile("\\s+|//.*|(?s:/\\*.*?\\*/)|@(?!interface\\b)[\\w.]+");
    private static final Pattern HEADER = Pattern.compile("[^({=;,}]*[({=;,}]?");
    private static final Pattern TYPE = Pattern.compile("\\b(?:class|interface|enum|record)\\s+\\w+");
    private static final Pattern CONSTANT = Pattern.compile("[A-Z][A-Z0-9_]*\\s*[({]");

    private JavadocTarget() {}

    static Kind kind(String code) {
        String header = header(code);
        if (TYPE.matcher(header).find()) {
            return Kind.TYPE_JAVADOC;
        }
        boolean callable = header.endsWith("(") || header.endsWith("{");
        return callable && !CONSTANT.matcher(header).matches() ? Kind.METHOD_JAVADOC : Kind.OTHER_JAVADOC;
    }

    private static String header(String code) {
        Matcher skipped = SKIPPED.matcher(code);
        int at = 0;
        while (skipped.region(at, code.length()).lookingAt()) {
            at = skipped.end();
            if (skipped.group().startsWith("@") && code.startsWith("(", at)) {
                at = closingParenthesis(code, at);
            }
        }
        Matcher header = HEADER.matcher(code).region(at, code.length());
        return header.lookingAt() ? header.group() : "";
    }

    private static int closingParenthesis(String code, int opening) {
        int depth = 0;
        boolean quoted = false;
        for (int at = opening; at < code.length(); at++) {
            char next = code.charAt(at);
            if (quoted && next == '\\') {
                at++;
            } else if (next == '"') {
                quoted = !quoted;
            } else if (!quoted) {
                depth += next == '(' ? 1 : next == ')' ? -1 : 0;
                if (depth == 0) {
                    return at + 1;
                }
            }
        }
        return code.length();
    }
}
