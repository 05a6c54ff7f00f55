package dev.courant.prose;

import dev.courant.prose.Passage.Kind;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Extracts the comments, the strings and the remaining code of a Java or JavaScript file. */
final class SourceLexer {

    private static final String TEXT_BLOCK = "\"\"\"";
    private static final Pattern MARGIN = Pattern.compile("(?m)^[ \\t]*\\*+ ?");
    private static final Pattern ESCAPED_BREAK = Pattern.compile("\\\\[nrt]");
    private static final Pattern ESCAPE = Pattern.compile("\\\\(\\R\\s*|.)");
    private static final Pattern TYPE = Pattern.compile("(@interface|\\b(?:class|interface|enum|record)) \\w");
    private static final Pattern BEFORE_REGEXP = Pattern.compile("(?s).*(?:[=(,:\\[!&|?{};]|\\breturn)\\s*");

    private final Path file;
    private final String source;
    private final boolean isScript;
    private final List<Passage> passages = new ArrayList<>();
    private final StringBuilder code = new StringBuilder();
    private int at;
    private int line = 1;
    private boolean inAnnotation;

    private SourceLexer(Path file, String source) {
        this.file = file;
        this.source = source;
        this.isScript = file.toString().endsWith(".js");
    }

    static List<Passage> passages(Path file, String source) {
        SourceLexer lexer = new SourceLexer(file, source);
        while (lexer.at < source.length()) {
            lexer.step();
        }
        lexer.endCode();
        return lexer.passages;
    }

    private void step() {
        char next = source.charAt(at);
        if (source.startsWith("/**", at) && !source.startsWith("/**/", at)) {
            int end = endOf("*/", at + 3);
            String text = MARGIN.matcher(source.substring(at + 3, end)).replaceAll("");
            Kind kind = JavadocTarget.kind(source.substring(Math.min(end + 2, source.length())));
            add(inAnnotation && kind == Kind.METHOD_JAVADOC ? Kind.OTHER_JAVADOC : kind, text, end + 2);
        } else if (source.startsWith("/*", at)) {
            int end = endOf("*/", at + 2);
            add(Kind.COMMENT, MARGIN.matcher(source.substring(at + 2, end)).replaceAll(""), end + 2);
        } else if (source.startsWith("//", at)) {
            int end = endOf("\n", at);
            addLineComment(source.substring(at, end).replaceFirst("^/+ ?", ""), end);
        } else if (source.startsWith(TEXT_BLOCK, at) && !isScript) {
            addString(TEXT_BLOCK);
        } else if (next == '"' || next == '\'' || next == '`' && isScript) {
            addString(String.valueOf(next));
        } else if (next == '/' && isScript && BEFORE_REGEXP.matcher(code).matches()) {
            advance(endOfLiteral("/", at + 1) + 1);
        } else {
            if (next == '\n') {
                endCode();
            } else {
                code.append(next);
            }
            advance(at + 1);
        }
    }

    /** Appends to the preceding comment if that one is on the line before. */
    private void addLineComment(String text, int end) {
        Passage last = passages.isEmpty() ? null : passages.get(passages.size() - 1);
        if (last != null && last.kind() == Kind.COMMENT && code.toString().isBlank() && endLine(last) == line - 1) {
            passages.set(passages.size() - 1, last.followedBy("\n" + text));
            advance(end);
        } else {
            add(Kind.COMMENT, text, end);
        }
    }

    /** Appends to the preceding string if there is only a plus between them. */
    private void addString(String quote) {
        int end = endOfLiteral(quote, at + quote.length());
        String content = source.substring(Math.min(at + quote.length(), end), end);
        Passage last = passages.isEmpty() ? null : passages.get(passages.size() - 1);
        if (quote.equals("'") && !isScript) {
            code.append("' '");
            advance(end + 1);
            return;
        }
        String text = ESCAPE.matcher(ESCAPED_BREAK.matcher(content).replaceAll(Markup.BREAK))
                .replaceAll(escape -> escape.group(1).equals("\"") ? "\"" : " ");
        if (last != null
                && last.kind() == Kind.STRING
                && code.toString().strip().equals("+")) {
            passages.set(passages.size() - 1, last.followedBy("\n".repeat(line - endLine(last)) + text));
            advance(end + quote.length());
        } else {
            add(Kind.STRING, text, end + quote.length());
        }
        code.setLength(0);
    }

    private static int endLine(Passage passage) {
        return passage.line()
                + (int) passage.text()
                        .chars()
                        .filter(character -> character == '\n')
                        .count();
    }

    private void add(Kind kind, String text, int end) {
        if (kind == Kind.STRING || kind == Kind.COMMENT) {
            endCode();
        }
        passages.add(new Passage(kind, file, line, text));
        advance(end);
    }

    private void endCode() {
        Matcher type = TYPE.matcher(code);
        if (type.find()) {
            inAnnotation = type.group(1).startsWith("@");
        }
        if (!code.toString().isBlank() && !code.toString().strip().equals("+")) {
            passages.add(new Passage(Kind.CODE, file, line, code.toString().strip()));
            code.setLength(0);
        }
    }

    private void advance(int to) {
        int end = Math.min(to, source.length());
        line += (int) source.substring(at, end)
                .chars()
                .filter(character -> character == '\n')
                .count();
        at = end;
    }

    private int endOf(String delimiter, int from) {
        int end = source.indexOf(delimiter, from);
        return end < 0 ? source.length() : end;
    }

    private int endOfLiteral(String quote, int from) {
        boolean inClass = false;
        for (int end = from; end < source.length(); end++) {
            char next = source.charAt(end);
            inClass = quote.equals("/") && (next == '[' || inClass && next != ']');
            if (next == '\\') {
                end++;
            } else if (!inClass && source.startsWith(quote, end)) {
                return end;
            }
        }
        return source.length();
    }
}
