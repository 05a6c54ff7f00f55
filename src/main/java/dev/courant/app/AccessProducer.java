package dev.courant.app;

import dev.courant.auth.AccessPolicy;
import dev.courant.auth.BearerChallenge;
import dev.courant.auth.CookieOriginCheck;
import dev.courant.auth.RandomKey;
import dev.courant.auth.RequestAuthenticator;
import dev.courant.auth.RevokedTokens;
import dev.courant.auth.TokenVerifier;
import dev.courant.auth.TopicAction;
import dev.courant.auth.TopicPatterns;
import dev.courant.auth.VerificationKeys;
import dev.courant.http.AllowedOrigins;
import dev.courant.http.CorsFilter;
import dev.courant.mercure.HubAddress;
import dev.courant.mercure.MercureProtocol;
import dev.courant.mercure.MercureProtocols;
import dev.courant.mercure.ResourceMetadata;
import dev.courant.settings.AccessSettings;
import dev.courant.settings.Settings;
import dev.courant.stream.TokenStreams;
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

/** Puts together who may do what, and what the Mercure protocol is to be here. */
@ApplicationScoped
public class AccessProducer {

    /** More are not refused at a time: each is remembered until it expires. */
    private static final int MOST_REVOKED = 100_000;

    private static final String OWN_ISSUER = "urn:courant";

    @Resource
    private ManagedThreadFactory threads;

    @Inject
    private DeploymentInfo deployment;

    @Inject
    private Settings settings;

    private HubAddress hub;
    private MercureProtocol dialect;
    private VerificationKeys keys;
    private ResourceMetadata metadata;
    private RequestAuthenticator authenticator;
    private AccessPolicy gate;
    private CorsFilter cors;
    private TokenStreams visits;

    @PostConstruct
    void start() {
        AccessSettings access = settings.access();
        hub = Startup.unless(() -> AccessFactory.hub(access, deployment.contextPath()));
        dialect = MercureProtocols.of(
                settings.mercure().legacy(), settings.mercure().tokenInQuery(), hub);
        Clock clock = Clock.systemUTC();
        RandomKey random = access.hasKeys() ? null : new RandomKey(new SecureRandom());
        String issuer = random == null ? access.issuer() : OWN_ISSUER;
        String audience = audience(access, random == null ? null : OWN_ISSUER);
        AllowedOrigins origins = Startup.unless(() -> AllowedOrigins.of(access.corsOrigins()));
        RevokedTokens revoked = new RevokedTokens(MOST_REVOKED, clock);
        keys = random == null ? Startup.unless(() -> AccessFactory.keys(access, threads)) : random.keys();
        TokenVerifier verifier = Startup.unless(() -> new TokenVerifier(keys, dialect, issuer, audience, clock));
        BearerChallenge challenge = new BearerChallenge(settings.mercure().legacy() ? null : hub.metadata());
        CookieOriginCheck pages = Startup.unless(() -> new CookieOriginCheck(hub.text(), origins));
        authenticator = new RequestAuthenticator(dialect, verifier, revoked, pages, challenge);
        gate = new AccessPolicy(challenge, TopicPatterns.of(access.publishAnonymous()), access.subscribeAnonymous());
        cors = new CorsFilter(origins);
        visits = new TokenStreams(revoked, clock);
        boolean described = hub.text() != null && !settings.mercure().legacy();
        metadata = new ResourceMetadata(
                described ? audience : null,
                issuer != null && issuer.startsWith("https://") && access.jwks() != null ? List.of(issuer) : List.of(),
                settings.mercure().subscriptions());
        if (random == null) {
            System.getLogger(AccessProducer.class.getName())
                    .log(Level.INFO, "Tokens are taken with iss {0} and aud {1}", any(issuer), any(audience));
        } else {
            String token = random.token(
                    OWN_ISSUER,
                    String.valueOf(audience),
                    "page",
                    clock.instant(),
                    PublisherLink.LIFETIME,
                    dialect.claims(Set.of(TopicAction.PUBLISH)));
            PublisherLink.announce(access.publicUrl(), deployment.contextPath(), token);
        }
    }

    @PreDestroy
    void stop() {
        keys.close();
    }

    @Produces
    HubAddress hub() {
        return hub;
    }

    @Produces
    MercureProtocol dialect() {
        return dialect;
    }

    @Produces
    ResourceMetadata metadata() {
        return metadata;
    }

    @Produces
    RequestAuthenticator authenticator() {
        return authenticator;
    }

    @Produces
    AccessPolicy gate() {
        return gate;
    }

    @Produces
    CorsFilter cors() {
        return cors;
    }

    @Produces
    TokenStreams visits() {
        return visits;
    }

    private static String any(@Nullable String text) {
        return text == null ? "(any)" : text;
    }

    /** Unless it is set, the hub's own address. */
    private @Nullable String audience(AccessSettings access, @Nullable String otherwise) {
        String known = AccessFactory.audience(access, hub);
        return known == null ? otherwise : known;
    }
}
