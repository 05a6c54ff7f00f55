package dev.courant.auth;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.courant.http.CookieOriginCheck;
import dev.courant.http.ProblemException;
import dev.courant.settings.AllowedOrigins;
import dev.courant.topic.TopicPatterns;
import java.net.URI;
import java.security.KeyPair;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.lang.JoseException;

/** An authenticator with one key of each kind and a fixed clock. */
final class TestAuthenticator {

    static final String ISSUER = "https://issuer.example";
    static final String AUDIENCE = "https://hub.example/.well-known/mercure";
    static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");
    static final long T = NOW.getEpochSecond();
    static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
    static final byte[] SECRET = "0123456789abcdef0123456789ABCDEF-canary-secret-64-bytes-at-least".getBytes(UTF_8);
    static final KeyPair RSA = TokenForge.rsa(2048);
    static final KeyPair P256 = TokenForge.ec("secp256r1");
    static final KeyPair P384 = TokenForge.ec("secp384r1");
    static final KeyPair P521 = TokenForge.ec("secp521r1");
    static final KeyPair ED = TokenForge.ed("Ed25519");
    static final String METADATA = "https://hub.example/.well-known/oauth-protected-resource";

    final RevokedTokens revoked = new RevokedTokens(10, CLOCK);
    final AccessFilter filter;

    TestAuthenticator(VerificationKeys keys, TokenProfile profile) {
        this(keys, profile, "", false);
    }

    TestAuthenticator(
            VerificationKeys keys, TokenProfile profile, String anonymousPublish, boolean anonymousSubscribe) {
        filter = new AccessFilter(
                profile,
                new TokenVerifier(keys, profile, ISSUER, AUDIENCE, revoked, CLOCK),
                new CookieOriginCheck("https://hub.example/", new AllowedOrigins(List.of("https://app.example"))),
                new AccessPolicy(new BearerChallenge(METADATA), TopicPatterns.of(anonymousPublish)),
                anonymousSubscribe);
    }

    static TestAuthenticator strict() {
        return new TestAuthenticator(allKeys(""), TestDialect.STRICT);
    }

    AccessRights access(AuthExchange exchange) {
        return filter.authenticate(exchange.request());
    }

    AccessRights access(String token) {
        return access(AuthExchange.bearing(token));
    }

    /** Returns the status and the challenge of the refusal, without the URL of the metadata. */
    String refusal(AuthExchange exchange) {
        try {
            return "none: " + access(exchange);
        } catch (ProblemException refused) {
            return refused.problem().status() + " "
                    + refused.headers()
                            .getOrDefault("WWW-Authenticate", "")
                            .replace(", resource_metadata=\"" + METADATA + '"', "");
        }
    }

    static VerificationKeys allKeys(String algorithms) {
        return keys(
                jwks(
                        jwk("rsa", RSA),
                        jwk("ec", P256),
                        jwk("p384", P384),
                        jwk("p521", P521),
                        jwk("ed", ED),
                        secretJwk()),
                algorithms);
    }

    static VerificationKeys keys(String jwks, String algorithms) {
        SignatureAlgorithms accepted = SignatureAlgorithms.parse(algorithms);
        PublishedKeySet keys =
                new PublishedKeySet(new TestJwks(jwks), accepted, Executors.defaultThreadFactory(), () -> 0);
        keys.refreshIfDue();
        return keys;
    }

    static String jwks(String... jwk) {
        return Stream.of(jwk).collect(Collectors.joining(",", "{\"keys\":[", "]}"));
    }

    static String secretJwk() {
        return "{\"kty\":\"oct\",\"kid\":\"hmac\",\"k\":\""
                + Base64.getUrlEncoder().withoutPadding().encodeToString(SECRET) + "\"}";
    }

    static String jwk(String kid, KeyPair pair) {
        try {
            PublicJsonWebKey jwk = PublicJsonWebKey.Factory.newPublicJwk(pair.getPublic());
            jwk.setKeyId(kid);
            return jwk.toJson();
        } catch (JoseException impossible) {
            throw new AssertionError(impossible);
        }
    }

    static String header(String alg, String more) {
        return "{\"alg\":\"" + alg + "\",\"typ\":\"at+jwt\"" + more + '}';
    }

    static String claims(String more) {
        return claims("\"exp\":" + (T + 300), more);
    }

    static String claims(String exp, String more) {
        return "{\"iss\":\"" + ISSUER + "\",\"aud\":\"" + AUDIENCE + "\",\"publish\":[\"a\"]"
                + (exp.isEmpty() ? "" : "," + exp) + more + '}';
    }

    /** A key set in memory, which counts as a file. */
    static final class TestJwks extends JwksSource {

        volatile String text;

        TestJwks(String text) {
            super(URI.create("file:/memory"), Duration.ofSeconds(5), System::nanoTime);
            this.text = text;
        }

        @Override
        byte[] read() throws UnusableException {
            if (text == null) {
                throw new UnusableException("it does not exist");
            }
            return text.getBytes(UTF_8);
        }
    }
}
