package dev.courant.prose;

import java.nio.file.Path;
import java.util.List;

/** A piece of text with the place where it starts. */
record Passage(Kind kind, Path file, int line, String text) {

    enum Kind {
        TYPE_JAVADOC,
        METHOD_JAVADOC,
        /** The Javadoc of a field, an enum constant or a package. */
        OTHER_JAVADOC,
        COMMENT,
        STRING,
        /** A line of source code without its comments and strings. */
        CODE,
        /** A paragraph of a page. */
        PAGE
    }

    List<Sentence> sentences() {
        return kind == Kind.CODE ? List.of(new Sentence(line, text, true)) : Sentence.in(Markup.strip(text), line);
    }

    Passage followedBy(String more) {
        return new Passage(kind, file, line, text + more);
    }
}
