package dev.courant.auth;

import java.security.Key;
import java.time.Clock;
import java.time.Instant;
import java.util.Locale;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwa.AlgorithmConstraints.ConstraintType;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.lang.JoseException;
import org.jspecify.annotations.Nullable;

/**
 * Verifies tokens as JWT access tokens (Mercure, "Token Validation"; RFC 9068, section 4; RFC 8725). The signature comes
 * first: of what nobody trusted has signed, only the header is read. For use by any thread.
 */
public final class TokenVerifier {

    private static final String PREFIX = "application/";

    private final VerificationKeys keys;
    private final TokenProfile profile;
    private final @Nullable String issuer;
    private final @Nullable String audience;
    private final Clock clock;

    /**
     * Verifies with the keys of one issuer.
     *
     * @param issuer {@code courant.jwt.issuer}: whose the keys are
     * @param audience {@code courant.jwt.audience}: the resource that this server is
     * @throws IllegalArgumentException naming the setting that the profile requires
     */
    public TokenVerifier(
            VerificationKeys keys,
            TokenProfile profile,
            @Nullable String issuer,
            @Nullable String audience,
            Clock clock) {
        if (profile.requiresIssuerAndAudience() && issuer == null) {
            throw new IllegalArgumentException("courant.jwt.issuer has to be set: the iss of the tokens");
        }
        if (profile.requiresIssuerAndAudience() && audience == null) {
            throw new IllegalArgumentException(
                    "courant.jwt.audience has to be set, or courant.public-url: the aud of the tokens");
        }
        this.keys = keys;
        this.profile = profile;
        this.issuer = issuer;
        this.audience = audience;
        this.clock = clock;
    }

    /**
     * Reads a token.
     *
     * @throws InvalidTokenException if it is not valid here and now
     * @throws KeysMissingException if that cannot be known yet
     */
    VerifiedToken verify(String text) {
        CompactToken token = CompactToken.parse(text);
        if (profile.requiresType() && !isAccessToken(token.header("typ"))) {
            throw new InvalidTokenException("its typ is not at+jwt");
        }
        verifySignature(token);
        RegisteredClaims claims = new RegisteredClaims(token.claims());
        Instant expires = claims.holdTimes(clock.instant(), profile.requiresExpiry());
        claims.holdIssuer(issuer, profile.requiresIssuerAndAudience());
        claims.holdAudience(audience, profile.requiresIssuerAndAudience());
        return new VerifiedToken(claims.claims(), expires, token.fingerprint());
    }

    private void verifySignature(CompactToken token) {
        String alg = token.header("alg");
        SignatureAlgorithm algorithm = alg == null ? null : SignatureAlgorithm.of(alg);
        if (algorithm == null) {
            throw new InvalidTokenException("its alg is none that can be verified");
        }
        if (keys.fitting(algorithm, token.header("kid")).stream()
                .noneMatch(trusted -> isSigned(token.text(), algorithm, trusted.key()))) {
            throw new InvalidTokenException("no key that is trusted has signed it");
        }
    }

    private static boolean isSigned(String text, SignatureAlgorithm algorithm, Key key) {
        JsonWebSignature signature = new JsonWebSignature();
        // Were the library to read another alg than we did, it would refuse it.
        signature.setAlgorithmConstraints(new AlgorithmConstraints(ConstraintType.PERMIT, algorithm.word()));
        try {
            signature.setCompactSerialization(text);
            signature.setKey(key);
            return signature.verifySignature();
        } catch (JoseException | RuntimeException unverifiable) {
            // Whatever it stumbles over, in a signature that anyone can write, is no valid one.
            return false;
        }
    }

    /** RFC 7515, section 4.1.9: compared without regard to case, and with the prefix left out or not. */
    private static boolean isAccessToken(@Nullable String typ) {
        if (typ == null) {
            return false;
        }
        String type = typ.toLowerCase(Locale.ROOT);
        return (type.startsWith(PREFIX) ? type.substring(PREFIX.length()) : type).equals("at+jwt");
    }
}
