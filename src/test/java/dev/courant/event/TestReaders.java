package dev.courant.event;

import java.util.Set;

/** Readers that have chosen no topic. */
public final class TestReaders {

    /** May read what is not private. */
    public static final TopicSelection ANYBODY = TopicSelection.of(Set.of());

    /** May read every private event too. */
    public static final TopicSelection EVERYTHING = new TopicSelection(Set.of(), Set.of(), new PrefixSelector(""));

    private TestReaders() {}
}
