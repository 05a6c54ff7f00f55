package dev.courant.auth;

import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.cert.CertificateFactory;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A public key as text (RFC 7468), also when its line ends were lost or written out on the way through a variable. */
final class PemPublicKey {

    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----([^-]*)-----END \\1-----", Pattern.DOTALL);
    private static final Pattern BETWEEN = Pattern.compile("\\\\[nr]|\\s");
    private static final Pattern BASE64 = Pattern.compile("[A-Za-z0-9+/]+=*");
    private static final String[] KINDS = {"RSA", "EC", "Ed25519"};

    private PemPublicKey() {}

    static boolean isIn(String text) {
        return text.contains("-----BEGIN");
    }

    /** @throws IllegalArgumentException saying what is wrong, without any of the text */
    static PublicKey publicKey(String text) {
        if (text.contains("PRIVATE KEY-----")) {
            throw wrong("holds a private key, which this server must not have; give it the public key alone");
        }
        Matcher block = BLOCK.matcher(text);
        if (!block.find()) {
            throw wrong("has to be a whole PEM, from its BEGIN line to its END line");
        }
        String label = block.group(1);
        String body = block.group(2);
        if (block.find()) {
            throw wrong("has to hold one key or certificate, not several");
        }
        if (!label.equals("PUBLIC KEY") && !label.equals("CERTIFICATE")) {
            throw wrong("has to be a PEM that begins with 'BEGIN PUBLIC KEY' or 'BEGIN CERTIFICATE'");
        }
        byte[] der = decode(body);
        PublicKey key = der == null ? null : label.equals("PUBLIC KEY") ? key(der) : certified(der);
        if (key == null) {
            throw wrong("holds no RSA, EC or Ed25519 public key that can be read");
        }
        return key;
    }

    /** Whether this is the inside of a PEM: it is public, so it must not be taken for a secret. */
    static boolean isBareKey(String text) {
        byte[] der = decode(text);
        return der != null && (key(der) != null || certified(der) != null);
    }

    private static byte @Nullable [] decode(String body) {
        String base64 = BETWEEN.matcher(body).replaceAll("");
        try {
            return BASE64.matcher(base64).matches() ? Base64.getDecoder().decode(base64) : null;
        } catch (IllegalArgumentException malformed) {
            return null;
        }
    }

    private static @Nullable PublicKey key(byte[] der) {
        for (String kind : KINDS) {
            try {
                return KeyFactory.getInstance(kind).generatePublic(new X509EncodedKeySpec(der));
            } catch (GeneralSecurityException another) {
                // It may be of the next kind.
            }
        }
        return null;
    }

    private static @Nullable PublicKey certified(byte[] der) {
        try {
            return CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(der))
                    .getPublicKey();
        } catch (GeneralSecurityException malformed) {
            return null;
        }
    }

    private static IllegalArgumentException wrong(String what) {
        return new IllegalArgumentException(FixedKeys.SETTING + ' ' + what);
    }
}
