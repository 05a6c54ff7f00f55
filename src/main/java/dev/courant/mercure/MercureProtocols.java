package dev.courant.mercure;

import dev.courant.topic.PatternCache;

/** A factory for the configured version of the protocol. */
public final class MercureProtocols {

    private MercureProtocols() {}

    /**
     * Returns the configured version of the protocol.
     *
     * @param version0 whether to use version 0.x, instead of 1.0
     * @param tokensInQueries whether the query may contain a token; ignored by version 1.0
     */
    public static MercureProtocol of(boolean version0, boolean tokensInQueries, HubAddress hub) {
        PatternCache patterns = new PatternCache(hub.url());
        return version0 ? new MercureProtocol0(patterns, tokensInQueries) : new MercureProtocol1(patterns);
    }
}
