package dev.courant.prose;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.courant.prose.Passage.Kind;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProseRulesTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            METHOD_JAVADOC | headless-javadoc | Whether one of the patterns matches.
            METHOD_JAVADOC | headless-javadoc | whether one of the patterns matches.
            TYPE_JAVADOC | headless-javadoc | How far the topic has been followed, for a reader that waits.
            OTHER_JAVADOC | headless-javadoc | As many as fit.
            OTHER_JAVADOC | headless-javadoc | To the end of the window.
            METHOD_JAVADOC | method-without-verb | The id of an offset.
            COMMENT | unnamed-actor | The thread waits for nobody.
            STRING | unnamed-actor | Refused, who asks again is served.
            PAGE | unnamed-actor | The events of those who left
            PAGE | code-speaks | A client that comes back receives a gap.
            STRING | code-speaks | The publisher is told at once.
            COMMENT | code-speaks | The header says so.
            COMMENT | quaint-words | Lets go of the oldest entry.
            COMMENT | quaint-words | The same topics, of which no copy is kept.
            COMMENT | quaint-words | The thread waits for ever.
            PAGE | clause-as-subject | Of damage further back, a warning is logged.
            STRING | clause-as-subject | That the topic exists is checked later.
            COMMENT | what-for-a-noun | Copies what is stored.
            COMMENT | long-sentence | a b c d e f g h i j k l m n o p q r s t u v w x y z.
            CODE | most-for-max | private static final int MOST_LINES = 250;
            """)
    void flags(Kind kind, String rule, String text) {
        assertEquals(List.of(rule), broken(kind, text).stream().distinct().toList());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            METHOD_JAVADOC | Returns true if one of the patterns matches.
            METHOD_JAVADOC | Atomically replaces the cursor.
            METHOD_JAVADOC | If a value is present, returns it.
            METHOD_JAVADOC | {@inheritDoc}
            METHOD_JAVADOC | @return whether the stream is open
            METHOD_JAVADOC | @param tokens what a client sent
            TYPE_JAVADOC | The position of a subscriber in the log.
            COMMENT | Of course, this is a constant.
            TYPE_JAVADOC | Thrown if the journal is full.
            COMMENT | The publisher names the topic, and the server checks it.
            COMMENT | The client asks for `nobody` in {@code whoever}.
            PAGE | What is an event?
            PAGE | That is why the server closes the connection.
            STRING | The value is one of three, if there is none the default applies.
            STRING | This may take, say, two seconds.
            COMMENT | This is a good cause, for good reasons.
            COMMENT | a b c d e f g h i j k l m n o p q r s t u v w x y.
            CODE | private static final int MAX_LINES = 250;
            CODE | foremost = nobody;
            """)
    void accepts(Kind kind, String text) {
        assertEquals(List.of(), broken(kind, text));
    }

    private static List<String> broken(Kind kind, String text) {
        Passage passage = new Passage(kind, Path.of("Sample.java"), 1, text);
        return ProseRules.ALL.stream()
                .flatMap(rule -> rule.offences(passage).stream())
                .map(offence -> offence.rule().name())
                .toList();
    }
}
