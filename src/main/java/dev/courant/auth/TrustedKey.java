package dev.courant.auth;

import java.security.Key;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A key that tokens are verified with.
 *
 * @param id what a token's {@code kid} names it by; {@code null} if it has none
 * @param algorithms those it is used with, and no other
 */
record TrustedKey(@Nullable String id, Key key, Set<SignatureAlgorithm> algorithms) {

    /** @param listed by the operator; of none, the one that is usual for the kind of key */
    static TrustedKey of(@Nullable String id, Key key, Set<SignatureAlgorithm> listed) {
        SignatureAlgorithm usual = SignatureAlgorithm.usual(key);
        Set<SignatureAlgorithm> usually = usual == null ? Set.of() : Set.of(usual);
        return new TrustedKey(
                id,
                key,
                listed.isEmpty()
                        ? usually
                        : listed.stream()
                                .filter(algorithm -> algorithm.fits(key))
                                .collect(Collectors.toUnmodifiableSet()));
    }

    /** Whether it could have signed a token with such a header. A key without a name is not ruled out by one. */
    boolean isFor(SignatureAlgorithm algorithm, @Nullable String kid) {
        return algorithms.contains(algorithm) && (kid == null || id == null || id.equals(kid));
    }

    /** A secret key is not to be seen in a log. */
    @Override
    public String toString() {
        return "TrustedKey" + algorithms;
    }
}
