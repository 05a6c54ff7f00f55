package dev.courant.auth;

import java.math.BigInteger;
import java.security.Key;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECFieldFp;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;
import javax.crypto.SecretKey;
import org.jose4j.keys.EllipticCurves;
import org.jspecify.annotations.Nullable;

/** How a token may be signed (RFC 7518, section 3.1; RFC 8037). There is no "none". */
enum SignatureAlgorithm {
    HS256(256),
    HS384(384),
    HS512(512),
    RS256,
    RS384,
    RS512,
    PS256,
    PS384,
    PS512,
    ES256("P-256"),
    ES384("P-384"),
    ES512("P-521"),
    EDDSA("Ed25519");

    static final String SETTING = "courant.jwt.algorithm";

    /** RFC 7518, section 3.3. */
    private static final int LEAST_RSA_BITS = 2048;

    private final int secretBits;
    private final String curve;

    SignatureAlgorithm() {
        this(0, "");
    }

    SignatureAlgorithm(int secretBits) {
        this(secretBits, "");
    }

    SignatureAlgorithm(String curve) {
        this(0, curve);
    }

    SignatureAlgorithm(int secretBits, String curve) {
        this.secretBits = secretBits;
        this.curve = curve;
    }

    /** As a header writes it. */
    String word() {
        return this == EDDSA ? "EdDSA" : name();
    }

    static @Nullable SignatureAlgorithm of(String word) {
        return Arrays.stream(values())
                .filter(algorithm -> algorithm.word().equals(word))
                .findFirst()
                .orElse(null);
    }

    /** @throws IllegalArgumentException naming the setting, if a word of the list, which has commas, is none of these */
    static Set<SignatureAlgorithm> list(String text) {
        Set<SignatureAlgorithm> algorithms = EnumSet.noneOf(SignatureAlgorithm.class);
        for (String word : text.split(",", -1)) {
            SignatureAlgorithm algorithm = of(word.strip());
            if (algorithm != null) {
                algorithms.add(algorithm);
            } else if (!word.isBlank()) {
                throw new IllegalArgumentException(SETTING + " has to be a list, with commas, of "
                        + Arrays.stream(values()).map(SignatureAlgorithm::word).collect(Collectors.joining(", ")));
            }
        }
        return Collections.unmodifiableSet(algorithms);
    }

    /** What a key is used with where nothing is said: the first that fits its kind. */
    static @Nullable SignatureAlgorithm usual(Key key) {
        return Arrays.stream(values())
                .filter(algorithm -> algorithm.fits(key))
                .findFirst()
                .orElse(null);
    }

    /** Whether the key is of the kind that this takes, and strong enough: an algorithm is bound to keys, not to tokens. */
    boolean fits(Key key) {
        return switch (this) {
            case HS256, HS384, HS512 -> key instanceof SecretKey && key.getEncoded().length * Byte.SIZE >= secretBits;
            case RS256, RS384, RS512, PS256, PS384, PS512 ->
                key instanceof RSAPublicKey rsa && rsa.getModulus().bitLength() >= LEAST_RSA_BITS;
            case ES256, ES384, ES512 ->
                key instanceof ECPublicKey ec
                        && curve.equals(EllipticCurves.getName(ec.getParams().getCurve()))
                        && isOnCurve(ec);
            case EDDSA ->
                key instanceof EdECPublicKey ed && curve.equals(ed.getParams().getName());
        };
    }

    /** The library does not look (NIST SP 800-186, appendix D.1.1), and other points lead to other, weaker groups. */
    private static boolean isOnCurve(ECPublicKey key) {
        BigInteger p = ((ECFieldFp) key.getParams().getCurve().getField()).getP();
        BigInteger x = key.getW().getAffineX();
        BigInteger y = key.getW().getAffineY();
        BigInteger a = key.getParams().getCurve().getA();
        BigInteger b = key.getParams().getCurve().getB();
        return x.signum() >= 0
                && x.compareTo(p) < 0
                && y.signum() >= 0
                && y.compareTo(p) < 0
                && y.pow(2).subtract(x.pow(3).add(a.multiply(x)).add(b)).mod(p).signum() == 0;
    }

    /** How long a secret has to be, in bytes; 0 if this takes none. */
    int secretBytes() {
        return secretBits / Byte.SIZE;
    }
}
