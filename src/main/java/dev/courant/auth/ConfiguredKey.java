package dev.courant.auth;

import static dev.courant.settings.SettingCatalogue.JWT_ALGORITHM;
import static dev.courant.settings.SettingCatalogue.JWT_JWKS;
import static dev.courant.settings.SettingCatalogue.JWT_KEY;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.cert.CertificateFactory;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.OctetSequenceJsonWebKey;
import org.jose4j.keys.HmacKey;
import org.jose4j.lang.JoseException;
import org.jspecify.annotations.Nullable;

/**
 * The parser of the key in the settings: an HMAC secret, or the PEM of a public key or certificate (RFC 7468). The line
 * breaks of a PEM may be missing or escaped, as happens in environment variables.
 */
final class ConfiguredKey {

    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----([^-]*)-----END \\1-----", Pattern.DOTALL);

    private ConfiguredKey() {}

    /** @throws IllegalArgumentException if the key is unusable. The message begins with a setting, and omits the key */
    static JsonWebKey parse(String text, SignatureAlgorithms algorithms) {
        JsonWebKey key = text.contains("-----BEGIN") ? parsePem(text) : parseSecret(text, algorithms);
        if (algorithms.listed().stream().anyMatch(name -> !SignatureAlgorithms.fits(name, key))) {
            throw new IllegalArgumentException(
                    JWT_ALGORITHM + " lists an algorithm that does not fit the kind of key in " + JWT_KEY);
        }
        if (!algorithms.hasUseFor(key)) {
            throw invalid(
                    key.getKeyType().equals("RSA")
                            ? "has to be an RSA key of at least 2048 bits"
                            : "has to be of RSA, of the curves P-256, P-384 or P-521, or of Ed25519");
        }
        return key;
    }

    private static JsonWebKey parseSecret(String text, SignatureAlgorithms algorithms) {
        if (text.strip().startsWith("{")) {
            throw invalid("has to be a secret or a PEM; for a JWK Set, " + JWT_JWKS + " names its file or URL");
        }
        // Anyone who has the public key could sign with it if it were used as a secret.
        if (decode(text) != null) {
            throw invalid("looks like a key that has lost its BEGIN and END lines");
        }
        byte[] secret = text.getBytes(UTF_8);
        // The minimum size is that of the hash (RFC 7518, section 3.2).
        int minBytes = algorithms.accepted().stream()
                .filter(name -> name.startsWith("HS"))
                .mapToInt(name -> Integer.parseInt(name.substring(2)) / Byte.SIZE)
                .max()
                .orElse(0);
        if (secret.length < minBytes) {
            throw invalid("has to be a secret of at least " + minBytes + " bytes for the algorithms it is used with");
        }
        return new OctetSequenceJsonWebKey(new HmacKey(secret));
    }

    private static JsonWebKey parsePem(String text) {
        if (text.contains("PRIVATE KEY-----")) {
            throw invalid("holds a private key, which this server must not have; give it the public key alone");
        }
        Matcher block = BLOCK.matcher(text);
        if (!block.find()) {
            throw invalid("has to be a whole PEM, from its BEGIN line to its END line");
        }
        String label = block.group(1);
        JsonWebKey key = decode(block.group(2));
        if (block.find()) {
            throw invalid("has to hold one key or certificate, not several");
        }
        if (!label.equals("PUBLIC KEY") && !label.equals("CERTIFICATE")) {
            throw invalid("has to be a PEM that begins with 'BEGIN PUBLIC KEY' or 'BEGIN CERTIFICATE'");
        }
        if (key == null) {
            throw invalid("holds no RSA, EC or Ed25519 public key that can be read");
        }
        return key;
    }

    /** Returns the public key or that of the certificate in the body of a PEM, or {@code null} if there is none. */
    private static @Nullable JsonWebKey decode(String body) {
        for (String kind : List.of("RSA", "EC", "Ed25519", "X.509")) {
            try {
                byte[] der = Base64.getDecoder().decode(body.replaceAll("\\\\[nr]|\\s", ""));
                return JsonWebKey.Factory.newJwk(
                        kind.equals("X.509")
                                ? CertificateFactory.getInstance(kind)
                                        .generateCertificate(new ByteArrayInputStream(der))
                                        .getPublicKey()
                                : KeyFactory.getInstance(kind).generatePublic(new X509EncodedKeySpec(der)));
            } catch (GeneralSecurityException | JoseException | IllegalArgumentException otherKind) {
                // Try the next kind.
            }
        }
        return null;
    }

    private static IllegalArgumentException invalid(String problem) {
        return new IllegalArgumentException(JWT_KEY + " " + problem);
    }
}
