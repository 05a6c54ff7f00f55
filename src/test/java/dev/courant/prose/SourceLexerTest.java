package dev.courant.prose;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.courant.prose.Passage.Kind;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class SourceLexerTest {

    @Test
    void tellsTheTargetsOfJavadocApart() {
        assertEquals(
                List.of(
                        "OTHER_JAVADOC:1 package",
                        "TYPE_JAVADOC:3 type",
                        "OTHER_JAVADOC:6 constant",
                        "OTHER_JAVADOC:8 field",
                        "METHOD_JAVADOC:10 method",
                        "METHOD_JAVADOC:12 constructor",
                        "TYPE_JAVADOC:14 nested",
                        "OTHER_JAVADOC:16 element"),
                prose("A.java", """
                        /** package */
                        package a;
                        /** type */
                        @Named("a(b")
                        enum A {
                            /** constant */
                            ONE(1);
                            /** field */
                            private final int field = call(1);
                            /** method */
                            @Override public <T extends B> List<T> record(int a) { return null; }
                            /** constructor */
                            private A(int field) {}
                            /** nested */
                            @interface Nested {
                                /** element */
                                String value() default "";
                            }
                        }
                        """).stream()
                        .filter(passage -> !passage.startsWith("STRING"))
                        .toList());
    }

    @Test
    void findsCommentsAndStringsWithTheirLines() {
        assertEquals(
                List.of(
                        "COMMENT:1 one two",
                        "STRING:3 // no comment, \"quoted\" joined",
                        "COMMENT:5 after",
                        "COMMENT:6 block",
                        "COMMENT:8 more",
                        "STRING:10 a text block",
                        "COMMENT:12 last"),
                prose("A.java", """
                        // one
                        // two
                        String a = "// no comment, \\"quoted\\""
                                + " joined";
                        char b = '"'; // after
                        /* block
                         *
                         * more */
                        String c = \"""
                            a text
                            block\""";
                        // last
                        """));
    }

    @Test
    void skipsRegularExpressionsOfJavaScript() {
        assertEquals(
                List.of("STRING:2 it's", "STRING:3 x"),
                prose("a.js", "const a = /[/'\"]+\\/'/;\nconst b = \"it's\";\nconst c = 4 / 2 + `x`;\n"));
    }

    @Test
    void givesEachSentenceItsLine() {
        Passage passage = new Passage(Kind.METHOD_JAVADOC, Path.of("A.java"), 10, """
                Stores {@code a
                b}, see {@link Log#append the log}. It is
                fsynced, e.g. at once.
                <p>Then it is
                read.

                @param event not the first sentence
                """);
        assertEquals(
                List.of(
                        new Sentence(10, "Stores X , see the log.", true),
                        new Sentence(11, "It is fsynced, e.g. at once.", false),
                        new Sentence(13, "Then it is read.", false),
                        new Sentence(16, "not the first sentence", false)),
                passage.sentences());
    }

    @Test
    void readsPagesWithoutCode() {
        List<Sentence> sentences =
                PageText.passages(Path.of("a.md"), """
                # Title
                ```
                nobody
                ```
                - First `code` and [a link](http://whoever).
                | cell | other |
                """).get(0).sentences();
        assertEquals(
                List.of("1 Title", "5 First X and [a link.", "6 cell", "6 other"),
                sentences.stream()
                        .map(sentence -> sentence.line() + " " + sentence.text())
                        .toList());
    }

    private static List<String> prose(String file, String source) {
        return SourceLexer.passages(Path.of(file), source).stream()
                .filter(passage -> passage.kind() != Kind.CODE)
                .flatMap(passage -> passage.sentences().stream()
                        .map(sentence -> passage.kind() + ":" + sentence.line() + " " + sentence.text()))
                .toList();
    }
}
