package dev.courant.mercure;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The metadata of the hub as an OAuth protected resource (RFC 9728).
 *
 * @param resource the identifier of the hub, which is the {@code aud} of tokens; {@code null} if the metadata is not published
 * @param authorizationServers the issuers of tokens that are authorization servers
 * @param subscriptions whether the hub publishes its active subscriptions
 */
public record ProtectedResourceMetadata(
        @Nullable String resource, List<String> authorizationServers, boolean subscriptions) {}
