package dev.courant.auth;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A builder of tokens without a library, which would refuse to create invalid ones. */
final class TokenForge {

    private TokenForge() {}

    static String part(String text) {
        return part(text.getBytes(UTF_8));
    }

    static String part(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    static String hmac(String header, String claims, byte[] secret) {
        return hmac(part(header) + '.' + part(claims), secret, "HmacSHA256");
    }

    static String hmac(String signed, byte[] secret, String algorithm) {
        try {
            Mac mac = Mac.getInstance(algorithm);
            mac.init(new SecretKeySpec(secret, algorithm));
            return signed + '.' + part(mac.doFinal(signed.getBytes(UTF_8)));
        } catch (GeneralSecurityException impossible) {
            throw new AssertionError(impossible);
        }
    }

    static String signed(String header, String claims, PrivateKey key, String algorithm) {
        String signed = part(header) + '.' + part(claims);
        return signed + '.' + part(signature(signed, key, algorithm));
    }

    static byte[] signature(String signed, PrivateKey key, String algorithm) {
        try {
            boolean pss = algorithm.startsWith("PSS");
            Signature signature = Signature.getInstance(pss ? "RSASSA-PSS" : algorithm);
            if (pss) {
                String hash = "SHA-" + algorithm.substring(3);
                int salt = Integer.parseInt(algorithm.substring(3)) / Byte.SIZE;
                signature.setParameter(new PSSParameterSpec(hash, "MGF1", new MGF1ParameterSpec(hash), salt, 1));
            }
            signature.initSign(key);
            signature.update(signed.getBytes(UTF_8));
            return signature.sign();
        } catch (GeneralSecurityException impossible) {
            throw new AssertionError(impossible);
        }
    }

    /** Returns the token with the other valid signature, (r, n-s). */
    static String otherSignature(String token, BigInteger order) {
        int dot = token.lastIndexOf('.');
        byte[] signature = Base64.getUrlDecoder().decode(token.substring(dot + 1));
        int half = signature.length / 2;
        byte[] s = order.subtract(new BigInteger(1, java.util.Arrays.copyOfRange(signature, half, 2 * half)))
                .toByteArray();
        java.util.Arrays.fill(signature, half, 2 * half, (byte) 0);
        int from = Math.max(0, s.length - half);
        System.arraycopy(s, from, signature, 2 * half - (s.length - from), s.length - from);
        return token.substring(0, dot + 1) + part(signature);
    }

    static KeyPair rsa(int bits) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(bits);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException impossible) {
            throw new AssertionError(impossible);
        }
    }

    static KeyPair ec(String curve) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec(curve));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException impossible) {
            throw new AssertionError(impossible);
        }
    }

    static KeyPair ed(String curve) {
        try {
            return KeyPairGenerator.getInstance(curve).generateKeyPair();
        } catch (GeneralSecurityException impossible) {
            throw new AssertionError(impossible);
        }
    }

    static String pem(String label, byte[] der) {
        return "-----BEGIN " + label + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der)
                + "\n-----END " + label + "-----\n";
    }

    static String pem(KeyPair pair) {
        return pem("PUBLIC KEY", pair.getPublic().getEncoded());
    }
}
