package dev.courant.mercure;

import dev.courant.topic.PatternCache;

/** Which version of the protocol is spoken. */
public final class MercureProtocols {

    private MercureProtocols() {}

    /**
     * One of them.
     *
     * @param tokensInQueries in 0.x, whether a token may stand in an address
     */
    public static MercureProtocol of(boolean old, boolean tokensInQueries, HubAddress hub) {
        PatternCache patterns = new PatternCache(hub.url());
        return old ? new MercureProtocol0(patterns, tokensInQueries) : new MercureProtocol1(patterns);
    }
}
