package dev.courant.app;

import static dev.courant.settings.SettingCatalogue.*;

import dev.courant.auth.AccessFilter;
import dev.courant.auth.AccessPolicy;
import dev.courant.auth.BearerChallenge;
import dev.courant.auth.RandomKey;
import dev.courant.auth.RevokedTokens;
import dev.courant.auth.TokenVerifier;
import dev.courant.auth.TopicAction;
import dev.courant.auth.VerificationKeys;
import dev.courant.http.CookieOriginCheck;
import dev.courant.http.CorsFilter;
import dev.courant.mercure.HubAddress;
import dev.courant.mercure.MercureProtocol;
import dev.courant.mercure.MercureProtocols;
import dev.courant.mercure.ProtectedResourceMetadata;
import dev.courant.settings.AllowedOrigins;
import dev.courant.settings.Settings;
import dev.courant.stream.TokenStreams;
import dev.courant.topic.TopicPatterns;
import dev.courant.urlpattern.WebUrl;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import java.lang.System.Logger.Level;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The CDI producer of the objects that authenticate requests, check access, and implement the Mercure protocol. */
@ApplicationScoped
public class AccessProducer {

    /** The maximum number of revoked tokens. Expired ones are forgotten when it is reached. */
    private static final int MAX_REVOKED_TOKENS = 100_000;

    private static final String RANDOM_KEY_ISSUER = "urn:courant";

    @Resource
    private ManagedThreadFactory threadFactory;

    @Inject
    private DeploymentInfo deployment;

    @Inject
    private Settings settings;

    private HubAddress hubAddress;
    private MercureProtocol protocol;
    private VerificationKeys keys;
    private ProtectedResourceMetadata metadata;
    private AccessFilter accessFilter;
    private AccessPolicy policy;
    private CorsFilter corsFilter;
    private RevokedTokens revoked;
    private TokenStreams tokenStreams;

    @PostConstruct
    void start() {
        WebUrl publicUrl = settings.find(PUBLIC_URL);
        boolean legacy = settings.usesLegacyMercure();
        hubAddress = HubAddress.of(publicUrl, deployment.contextPath());
        protocol = MercureProtocols.of(legacy, settings.get(MERCURE_TOKEN_IN_QUERY), hubAddress);
        Clock clock = Clock.systemUTC();
        RandomKey randomKey = settings.hasKeys() ? null : new RandomKey(new SecureRandom());
        String issuer = randomKey == null ? settings.find(JWT_ISSUER) : RANDOM_KEY_ISSUER;
        String audience = findAudience(randomKey == null ? null : RANDOM_KEY_ISSUER);
        AllowedOrigins origins = new AllowedOrigins(settings.get(CORS_ORIGINS));
        revoked = new RevokedTokens(MAX_REVOKED_TOKENS, clock);
        keys = randomKey == null
                ? StartupErrors.check(() -> AccessFactory.createKeys(settings, threadFactory))
                : randomKey.keys();
        TokenVerifier verifier = new TokenVerifier(keys, protocol, issuer, audience, revoked, clock);
        BearerChallenge challenge = new BearerChallenge(legacy ? null : hubAddress.metadataUrl());
        CookieOriginCheck cookieCheck = new CookieOriginCheck(hubAddress.absoluteUrl(), origins);
        policy = new AccessPolicy(challenge, new TopicPatterns(settings.get(PUBLISH_ANONYMOUS)));
        accessFilter = new AccessFilter(protocol, verifier, cookieCheck, policy, settings.get(SUBSCRIBE_ANONYMOUS));
        corsFilter = new CorsFilter(origins);
        tokenStreams = new TokenStreams(revoked, clock);
        boolean publishesMetadata = publicUrl != null && !legacy;
        metadata = new ProtectedResourceMetadata(
                publishesMetadata ? audience : null,
                issuer != null && issuer.startsWith("https://") && settings.isSet(JWT_JWKS)
                        ? List.of(issuer)
                        : List.of(),
                settings.get(MERCURE_SUBSCRIPTIONS));
        if (randomKey == null) {
            System.getLogger(AccessProducer.class.getName())
                    .log(Level.INFO, "Accepting tokens with iss {0} and aud {1}", orAny(issuer), orAny(audience));
        } else {
            String token = randomKey.token(
                    RANDOM_KEY_ISSUER,
                    String.valueOf(audience),
                    "page",
                    clock.instant(),
                    PublisherLink.LIFETIME,
                    protocol.createClaims(Set.of(TopicAction.PUBLISH)));
            PublisherLink.log(publicUrl, deployment.contextPath(), token);
        }
    }

    @PreDestroy
    void stop() {
        keys.close();
    }

    @Produces
    HubAddress hubAddress() {
        return hubAddress;
    }

    @Produces
    MercureProtocol protocol() {
        return protocol;
    }

    @Produces
    ProtectedResourceMetadata metadata() {
        return metadata;
    }

    @Produces
    AccessFilter accessFilter() {
        return accessFilter;
    }

    @Produces
    AccessPolicy policy() {
        return policy;
    }

    @Produces
    CorsFilter corsFilter() {
        return corsFilter;
    }

    @Produces
    RevokedTokens revokedTokens() {
        return revoked;
    }

    @Produces
    TokenStreams tokenStreams() {
        return tokenStreams;
    }

    private static String orAny(@Nullable String text) {
        return text == null ? "(any)" : text;
    }

    /** Returns the required {@code aud} of tokens: the configured one, otherwise the URL of the hub if it is known. */
    private @Nullable String findAudience(@Nullable String defaultValue) {
        String audience = settings.isSet(JWT_AUDIENCE) ? settings.find(JWT_AUDIENCE) : hubAddress.absoluteUrl();
        return audience == null ? defaultValue : audience;
    }
}
