package dev.courant.mercure;

import dev.courant.match.Patterns;

/** Which version of the protocol is spoken. */
public final class Dialects {

    private Dialects() {}

    /**
     * One of them.
     *
     * @param tokensInQueries in 0.x, whether a token may stand in an address
     */
    public static Dialect of(boolean old, boolean tokensInQueries, HubAddress hub) {
        Patterns patterns = new Patterns(hub.url());
        return old ? new Dialect0(patterns, tokensInQueries) : new Dialect1(patterns);
    }
}
