package dev.courant.prose;

import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Removes Javadoc, HTML and Markdown markup from prose. Code becomes the word "X". The number of lines stays the same.
 */
final class Markup {

    /** Separates two sentences or fragments. */
    static final String BREAK = "\u2029";

    /** Starts a block tag, hence ends the main description. */
    static final String TAG_START = "\u2028";

    private static final Pattern PREFORMATTED = Pattern.compile("(?is)<pre\\b.*?</pre>|<(script|style)\\b.*?</\\1>");
    private static final Pattern CODE = Pattern.compile("(?is)<(code|kbd|samp|tt)\\b[^>]*>.*?</\\1>|``?[^`]*``?");
    private static final Pattern BLOCK_TAG = Pattern.compile("(?m)^\\s*@(?:(?:param|throws)\\s+\\S+|\\w+)");
    private static final Pattern BLOCK = Pattern.compile(
            "(?i)</?(?:p|li|ul|ol|dl|dt|dd|td|th|tr|table|h\\d|div|br|blockquote|button|label|option)\\b[^>]*>");
    private static final Pattern BLANK_LINE = Pattern.compile("\\n[ \\t]*(?=\\n)");
    private static final Pattern TAG = Pattern.compile("</?[a-zA-Z][^>]*>");
    private static final Pattern ENTITY = Pattern.compile("&#?\\w+;");

    private Markup() {}

    static String strip(String text) {
        String plain = replace(PREFORMATTED, inlineTags(text), BREAK);
        plain = replace(CODE, plain, "X");
        plain = replace(BLOCK_TAG, plain, TAG_START);
        plain = replace(BLOCK, plain, BREAK);
        plain = replace(BLANK_LINE, plain, BREAK);
        plain = replace(TAG, plain, "");
        return replace(ENTITY, plain, "'");
    }

    /** Keeps the label of a link, and replaces every other inline tag. */
    private static String inlineTags(String text) {
        StringBuilder plain = new StringBuilder();
        int from = 0;
        for (int tag = text.indexOf("{@"); tag >= 0; tag = text.indexOf("{@", from)) {
            int end = closingBrace(text, tag);
            String[] words = text.substring(tag + 2, end).split("\\s+", 3);
            boolean labelled = words[0].startsWith("link") && words.length == 3;
            String content = text.substring(tag, end);
            plain.append(text, from, tag)
                    .append(labelled ? words[2] : words[0].equals("snippet") ? BREAK : "X")
                    .append(newlines(content, labelled ? newlines(words[2], 0).length() : 0));
            from = Math.min(end + 1, text.length());
        }
        return plain.append(text.substring(from)).toString();
    }

    private static int closingBrace(String text, int opening) {
        int depth = 0;
        for (int at = opening; at < text.length(); at++) {
            depth += text.charAt(at) == '{' ? 1 : text.charAt(at) == '}' ? -1 : 0;
            if (depth == 0) {
                return at;
            }
        }
        return text.length();
    }

    private static String replace(Pattern pattern, String text, String replacement) {
        Matcher matcher = pattern.matcher(text);
        return matcher.replaceAll(match -> Matcher.quoteReplacement(replacement + newlines(match)));
    }

    private static String newlines(MatchResult match) {
        return newlines(match.group(), 0);
    }

    private static String newlines(String text, int fewer) {
        return "\n"
                .repeat((int) text.chars()
                                .filter(character -> character == '\n')
                                .count()
                        - fewer);
    }
}
