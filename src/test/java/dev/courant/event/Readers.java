package dev.courant.event;

import java.util.Set;

/** Readers that have chosen no topic. */
public final class Readers {

    /** May read what is not private. */
    public static final Selection ANYBODY = Selection.of(Set.of());

    /** May read every private event too. */
    public static final Selection EVERYTHING = new Selection(Set.of(), Set.of(), new Prefix(""));

    private Readers() {}
}
