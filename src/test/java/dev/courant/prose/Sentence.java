package dev.courant.prose;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A sentence without markup, on one line. */
record Sentence(int line, String text, boolean isFirst) {

    private static final Pattern END = Pattern.compile(
            "[" + Markup.BREAK + Markup.TAG_START + "]"
                    + "|(?<!\\b(?:e\\.g|i\\.e|etc|vs|cf|resp|approx|sec|no)\\.)(?<=[.!?][\"')\\]]{0,2})\\s+(?=[\"'(\\[]*[A-Z0-9])");

    private static final Pattern WORD = Pattern.compile("\\w");

    /** Splits text without markup. A sentence in a block tag is never a first sentence. */
    static List<Sentence> in(String text, int firstLine) {
        List<Sentence> sentences = new ArrayList<>();
        Matcher end = END.matcher(text);
        int start = 0;
        boolean found = true;
        while (found) {
            found = end.find();
            String sentence = text.substring(start, found ? end.start() : text.length());
            if (WORD.matcher(sentence).find()) {
                int indent = sentence.length() - sentence.stripLeading().length();
                String before = text.substring(0, start);
                boolean first = before.isBlank() && !before.contains(Markup.TAG_START);
                int line = firstLine + lines(before + sentence.substring(0, indent));
                sentences.add(new Sentence(line, sentence.strip().replaceAll("\\s+", " "), first));
            }
            start = found ? end.end() : start;
        }
        return sentences;
    }

    private static int lines(String text) {
        return (int) text.chars().filter(character -> character == '\n').count();
    }
}
