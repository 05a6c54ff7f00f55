package dev.courant;

import dev.courant.access.Action;
import dev.courant.access.Authenticator;
import dev.courant.access.Challenge;
import dev.courant.access.Cors;
import dev.courant.access.Gate;
import dev.courant.access.Keys;
import dev.courant.access.Origins;
import dev.courant.access.OwnPages;
import dev.courant.access.RandomKey;
import dev.courant.access.RevokedTokens;
import dev.courant.access.TokenVerifier;
import dev.courant.access.TopicPatterns;
import dev.courant.door.Visits;
import dev.courant.mercure.Dialect;
import dev.courant.mercure.Dialects;
import dev.courant.mercure.HubAddress;
import dev.courant.mercure.Metadata;
import dev.courant.settings.AccessSettings;
import dev.courant.settings.Settings;
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
public class AccessWiring {

    /** More are not refused at a time: each is remembered until it expires. */
    private static final int MOST_REVOKED = 100_000;

    private static final String OWN_ISSUER = "urn:courant";

    @Resource
    private ManagedThreadFactory threads;

    @Inject
    private Deployment deployment;

    @Inject
    private Settings settings;

    private HubAddress hub;
    private Dialect dialect;
    private Keys keys;
    private Metadata metadata;
    private Authenticator authenticator;
    private Gate gate;
    private Cors cors;
    private Visits visits;

    @PostConstruct
    void start() {
        AccessSettings access = settings.access();
        hub = Failure.unless(() -> AccessParts.hub(access, deployment.contextPath()));
        dialect = Dialects.of(settings.mercure().old(), settings.mercure().tokenInQuery(), hub);
        Clock clock = Clock.systemUTC();
        RandomKey random = access.hasKeys() ? null : new RandomKey(new SecureRandom());
        String issuer = random == null ? access.issuer() : OWN_ISSUER;
        String audience = audience(access, random == null ? null : OWN_ISSUER);
        Origins origins = Failure.unless(() -> Origins.of(access.corsOrigins()));
        RevokedTokens revoked = new RevokedTokens(MOST_REVOKED, clock);
        keys = random == null ? Failure.unless(() -> AccessParts.keys(access, threads)) : random.keys();
        TokenVerifier verifier = Failure.unless(() -> new TokenVerifier(keys, dialect, issuer, audience, clock));
        Challenge challenge = new Challenge(settings.mercure().old() ? null : hub.metadata());
        OwnPages pages = Failure.unless(() -> new OwnPages(hub.text(), origins));
        authenticator = new Authenticator(dialect, verifier, revoked, pages, challenge);
        gate = new Gate(challenge, TopicPatterns.of(access.publishAnonymous()), access.subscribeAnonymous());
        cors = new Cors(origins);
        visits = new Visits(revoked, clock);
        boolean described = hub.text() != null && !settings.mercure().old();
        metadata = new Metadata(
                described ? audience : null,
                issuer != null && issuer.startsWith("https://") && access.jwks() != null ? List.of(issuer) : List.of(),
                settings.mercure().subscriptions());
        if (random == null) {
            System.getLogger(AccessWiring.class.getName())
                    .log(Level.INFO, "Tokens are taken with iss {0} and aud {1}", any(issuer), any(audience));
        } else {
            String token = random.token(
                    OWN_ISSUER,
                    String.valueOf(audience),
                    "page",
                    clock.instant(),
                    PublisherLink.LIFETIME,
                    dialect.claims(Set.of(Action.PUBLISH)));
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
    Dialect dialect() {
        return dialect;
    }

    @Produces
    Metadata metadata() {
        return metadata;
    }

    @Produces
    Authenticator authenticator() {
        return authenticator;
    }

    @Produces
    Gate gate() {
        return gate;
    }

    @Produces
    Cors cors() {
        return cors;
    }

    @Produces
    Visits visits() {
        return visits;
    }

    private static String any(@Nullable String text) {
        return text == null ? "(any)" : text;
    }

    /** Unless it is set, the hub's own address. */
    private @Nullable String audience(AccessSettings access, @Nullable String otherwise) {
        String known = AccessParts.audience(access, hub);
        return known == null ? otherwise : known;
    }
}
