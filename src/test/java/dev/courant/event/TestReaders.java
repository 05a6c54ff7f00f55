package dev.courant.event;

import java.util.Set;

/** Selections without topics, for their rights only. */
public final class TestReaders {

    /** A reader without rights: it may read public events. */
    public static final TopicSelection ANONYMOUS = TopicSelection.of(Set.of());

    /** A reader that may also read every private event. */
    public static final TopicSelection EVERYTHING = new TopicSelection(Set.of(), Set.of(), new PrefixSelector(""));

    private TestReaders() {}
}
