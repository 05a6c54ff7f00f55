package dev.courant.mercure;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is to be known of the hub as a protected resource.
 *
 * @param resource its identifier, the {@code aud} of tokens; {@code null} if nothing is published
 * @param authorizationServers who issues tokens, where that is a server
 * @param subscriptions whether active subscriptions are told
 */
public record ResourceMetadata(@Nullable String resource, List<String> authorizationServers, boolean subscriptions) {}
