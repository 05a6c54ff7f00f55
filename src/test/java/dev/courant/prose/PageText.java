package dev.courant.prose;

import dev.courant.prose.Passage.Kind;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** Reads the prose of a Markdown, HTML or plain-text page, without its code blocks and comments. */
final class PageText {

    private static final Pattern HIDDEN = Pattern.compile("(?s)```.*?```|<!--.*?-->|\\]\\([^)]*\\)");
    private static final Pattern ATTRIBUTE = Pattern.compile("<\\w[^>]*?(?:title|aria-label|placeholder|content)=\"");
    private static final Pattern BLOCK_START = Pattern.compile("(?m)^\\s*(?:[-*+]|\\d+\\.|#+|>)\\s|\\|");

    private PageText() {}

    static List<Passage> passages(Path file, String page) {
        String text = HIDDEN.matcher(page).replaceAll(hidden -> hidden.group().replaceAll("[^\\n]", ""));
        text = ATTRIBUTE.matcher(text).replaceAll(tag -> tag.group().replaceAll("[^\\n]", "") + Markup.BREAK);
        text = BLOCK_START.matcher(text).replaceAll(start -> start.group().replaceAll("[^\\n]", "") + Markup.BREAK);
        return List.of(new Passage(Kind.PAGE, file, 1, text));
    }
}
