package dev.courant.auth;

import static dev.courant.settings.SettingCatalogue.JWT_ALGORITHM;

import java.math.BigInteger;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECFieldFp;
import java.security.spec.EllipticCurve;
import java.util.List;
import java.util.stream.Stream;
import org.jose4j.jwa.AlgorithmFactoryFactory;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jws.JsonWebSignatureAlgorithm;
import org.jose4j.lang.JoseException;

/**
 * The accepted signature algorithms (RFC 7518, section 3.1; RFC 8037). {@code none} is never accepted. Immutable.
 *
 * @param listed the names that the operator lists, or empty to accept the usual algorithm of each kind of key
 */
record SignatureAlgorithms(List<String> listed) {

    private static final List<String> SUPPORTED =
            List.of("HS256 RS256 ES256 ES384 ES512 EdDSA HS384 HS512 RS384 RS512 PS256 PS384 PS512".split(" "));
    private static final List<String> USUAL = SUPPORTED.subList(0, 6);

    /** @throws IllegalArgumentException if the list has an unknown name. The message begins with the setting */
    static SignatureAlgorithms parse(String list) {
        List<String> names = Stream.of(list.split(",", -1))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .toList();
        if (!SUPPORTED.containsAll(names)) {
            throw new IllegalArgumentException(
                    JWT_ALGORITHM + " has to be a list, with commas, of " + String.join(", ", SUPPORTED));
        }
        return new SignatureAlgorithms(names);
    }

    List<String> accepted() {
        return listed.isEmpty() ? USUAL : listed;
    }

    boolean hasUseFor(JsonWebKey key) {
        return accepted().stream().anyMatch(name -> fits(name, key));
    }

    /** Returns whether the algorithm accepts the type, the curve and the size of the key. No public key is a secret. */
    static boolean fits(String algorithm, JsonWebKey key) {
        try {
            JsonWebSignatureAlgorithm verifier = AlgorithmFactoryFactory.getInstance()
                    .getJwsAlgorithmFactory()
                    .getAlgorithm(algorithm);
            if (!key.getKeyType().equals(verifier.getKeyType())
                    || (key.getAlgorithm() != null && !key.getAlgorithm().equals(algorithm))) {
                return false;
            }
            verifier.validateVerificationKey(key.getKey());
            return !(key.getKey() instanceof ECPublicKey ec) || isOnCurve(ec);
        } catch (JoseException unfit) {
            return false;
        }
    }

    /** Checks the point as the library does not (NIST SP 800-186, appendix D.1.1): others belong to weaker groups. */
    private static boolean isOnCurve(ECPublicKey key) {
        EllipticCurve curve = key.getParams().getCurve();
        BigInteger p = ((ECFieldFp) curve.getField()).getP();
        BigInteger x = key.getW().getAffineX();
        BigInteger y = key.getW().getAffineY();
        BigInteger right = x.pow(3).add(curve.getA().multiply(x)).add(curve.getB());
        return x.max(y).compareTo(p) < 0 && y.pow(2).subtract(right).mod(p).signum() == 0;
    }
}
