package dev.courant.auth;

import static dev.courant.auth.TestAuthenticator.AUDIENCE;
import static dev.courant.auth.TestAuthenticator.ISSUER;
import static dev.courant.auth.TestAuthenticator.P256;
import static dev.courant.auth.TestAuthenticator.P384;
import static dev.courant.auth.TestAuthenticator.RSA;
import static dev.courant.auth.TestAuthenticator.SECRET;
import static dev.courant.auth.TestAuthenticator.T;
import static dev.courant.auth.TestAuthenticator.claims;
import static dev.courant.auth.TestAuthenticator.header;
import static dev.courant.auth.TokenForge.hmac;
import static dev.courant.auth.TokenForge.part;
import static dev.courant.auth.TokenForge.signed;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.KeyPair;
import java.util.LinkedHashMap;
import java.util.Map;

/** Forged tokens by the name of the attack. Everything else in each token is valid. */
final class TokenAttacks {

    private static final KeyPair STRANGER = TokenForge.rsa(2048);
    private static final KeyPair STRANGER_EC = TokenForge.ec("secp256r1");
    private static final String RS256 = "SHA256withRSA";
    private static final String ES256 = "SHA256withECDSAinP1363Format";
    static final String GOOD = claims("");

    private final Map<String, String> tokens = new LinkedHashMap<>();

    private TokenAttacks() {}

    static Map<String, String> all() {
        TokenAttacks attacks = new TokenAttacks();
        attacks.algorithms();
        attacks.confusions();
        attacks.strangers();
        attacks.headers();
        attacks.forms();
        attacks.times();
        attacks.names();
        return attacks.tokens;
    }

    private void algorithms() {
        for (String none : new String[] {"none", "None", "NONE", "nOnE", ""}) {
            tokens.put("alg '" + none + "' without a signature", part(header(none, "")) + '.' + part(GOOD) + '.');
            tokens.put("alg '" + none + "' with one", hmac(header(none, ""), GOOD, SECRET));
        }
        tokens.put("no alg", hmac("{\"typ\":\"at+jwt\"}", GOOD, SECRET));
        tokens.put("alg a number", hmac("{\"alg\":256,\"typ\":\"at+jwt\"}", GOOD, SECRET));
        tokens.put("alg an array", hmac("{\"alg\":[\"HS256\"],\"typ\":\"at+jwt\"}", GOOD, SECRET));
        tokens.put("alg in lower case", hmac(header("hs256", ""), GOOD, SECRET));
        tokens.put("alg with a space", hmac(header("HS256 ", ""), GOOD, SECRET));
        tokens.put("HS512, not listed", hmac(part(header("HS512", "")) + '.' + part(GOOD), SECRET, "HmacSHA512"));
        tokens.put("RS512, not listed", signed(header("RS512", ""), GOOD, RSA.getPrivate(), "SHA512withRSA"));
        tokens.put("PS256, not listed", signed(header("PS256", ""), GOOD, RSA.getPrivate(), "PSS256"));
        tokens.put("an alg of no standard", hmac(header("HS1", ""), GOOD, SECRET));
        tokens.put("an alg of JWE", hmac(header("dir", ""), GOOD, SECRET));
    }

    private void confusions() {
        byte[] der = RSA.getPublic().getEncoded();
        tokens.put(
                "HS256 with the RSA key as PEM",
                hmac(header("HS256", ""), GOOD, TokenForge.pem(RSA).getBytes(UTF_8)));
        tokens.put("HS256 with the RSA key as DER", hmac(header("HS256", ""), GOOD, der));
        tokens.put("HS256 with the RSA key and its kid", hmac(header("HS256", ",\"kid\":\"rsa\""), GOOD, der));
        tokens.put(
                "HS256 with the EC key as DER",
                hmac(header("HS256", ""), GOOD, P256.getPublic().getEncoded()));
        tokens.put("RS256 with the secret", hmac(header("RS256", ""), GOOD, SECRET));
        tokens.put("ES256 with RSA", signed(header("ES256", ""), GOOD, RSA.getPrivate(), RS256));
        tokens.put("ES256 with P-384", signed(header("ES256", ""), GOOD, P384.getPrivate(), ES256));
        tokens.put(
                "ES384 with P-256",
                signed(header("ES384", ""), GOOD, P256.getPrivate(), "SHA384withECDSAinP1363Format"));
        tokens.put("ES256 in DER", signed(header("ES256", ""), GOOD, P256.getPrivate(), "SHA256withECDSA"));
        tokens.put("ES256 of zeros", part(header("ES256", "")) + '.' + part(GOOD) + '.' + part(new byte[64]));
        tokens.put("EdDSA of zeros", part(header("EdDSA", "")) + '.' + part(GOOD) + '.' + part(new byte[64]));
        tokens.put("EdDSA cut short", part(header("EdDSA", "")) + '.' + part(GOOD) + '.' + part(new byte[3]));
    }

    private void strangers() {
        String jwk = TestAuthenticator.jwk("x", STRANGER);
        tokens.put("another secret", hmac(header("HS256", ""), GOOD, "another secret".getBytes(UTF_8)));
        tokens.put("a secret of nothing", hmac(header("HS256", ""), GOOD, new byte[1]));
        tokens.put("another RSA key", stranger(""));
        tokens.put("another EC key", signed(header("ES256", ""), GOOD, STRANGER_EC.getPrivate(), ES256));
        tokens.put(
                "another Ed25519 key",
                signed(header("EdDSA", ""), GOOD, TokenForge.ed("Ed25519").getPrivate(), "Ed25519"));
        tokens.put(
                "an Ed448 key",
                signed(header("EdDSA", ""), GOOD, TokenForge.ed("Ed448").getPrivate(), "Ed448"));
        tokens.put("its own jwk", stranger(",\"jwk\":" + jwk));
        tokens.put("its own jwk under a kid of ours", stranger(",\"kid\":\"rsa\",\"jwk\":" + jwk));
        tokens.put("its own jku", stranger(",\"jku\":\"https://evil.example/keys\""));
        tokens.put("its own x5u", stranger(",\"x5u\":\"https://evil.example/cert\""));
        tokens.put(
                "its own x5c",
                stranger(",\"x5c\":[\"" + part(STRANGER.getPublic().getEncoded()) + "\"]"));
        tokens.put("a kid that is not known", rsa(",\"kid\":\"other\"", GOOD));
        tokens.put("a kid that is a way", rsa(",\"kid\":\"../../dev/null\"", GOOD));
        tokens.put("the kid of another key", rsa(",\"kid\":\"ec\"", GOOD));
        tokens.put("a kid that is a number", rsa(",\"kid\":1", GOOD));
    }

    private void headers() {
        tokens.put("crit", rsa(",\"crit\":[\"exp\"],\"exp\":1", GOOD));
        tokens.put("crit of nothing", rsa(",\"crit\":[]", GOOD));
        tokens.put("b64", rsa(",\"b64\":false,\"crit\":[\"b64\"]", GOOD));
        tokens.put("b64 alone", rsa(",\"b64\":true", GOOD));
        tokens.put("alg twice", rsa(",\"alg\":\"HS256\"", GOOD));
        tokens.put("a header nested deeply", rsa(",\"x\":" + "[".repeat(500) + "]".repeat(500), GOOD));
        for (String typ :
                new String[] {"\"JWT\"", "\"\"", "1", "\"at+jwt \"", "\"application/x/at+jwt\"", "\"dpop+jwt\""}) {
            String header = "{\"alg\":\"RS256\",\"typ\":" + typ + '}';
            tokens.put("typ " + typ, signed(header, GOOD, RSA.getPrivate(), RS256));
        }
        tokens.put("no typ", signed("{\"alg\":\"RS256\"}", GOOD, RSA.getPrivate(), RS256));
    }

    private void forms() {
        String good = rsa("", GOOD);
        String[] parts = good.split("\\.");
        tokens.put("other claims", parts[0] + '.' + part(claims(",\"x\":1")) + '.' + parts[2]);
        tokens.put("another header", part(header("RS256", ",\"x\":1")) + '.' + parts[1] + '.' + parts[2]);
        tokens.put("no signature", parts[0] + '.' + parts[1] + '.');
        tokens.put("half a signature", good.substring(0, good.length() - 100));
        tokens.put("a JWE", good + ".a.b");
        tokens.put("four parts", good + ".a");
        tokens.put("two parts", parts[0] + '.' + parts[1]);
        tokens.put("one part", parts[0]);
        tokens.put("no header", '.' + parts[1] + '.' + parts[2]);
        tokens.put("no claims", parts[0] + ".." + parts[2]);
        tokens.put("padding", good + "==");
        tokens.put("the alphabet of Base64", parts[0] + '.' + parts[1] + '.' + parts[2].replaceFirst("..", "+/"));
        tokens.put("bits left over", leftOver(good));
        tokens.put("17 KB", rsa("", claims(",\"x\":\"" + "x".repeat(17 << 10) + '"')));
        tokens.put("a claim twice", rsa("", claims(",\"aud\":\"" + AUDIENCE + '"')));
        tokens.put("a claim twice, within", rsa("", claims(",\"x\":{\"y\":1,\"y\":2}")));
        tokens.put("a claim twice, escaped", rsa("", claims(",\"\\u0069ss\":\"" + ISSUER + '"')));
        tokens.put("claims nested deeply", rsa("", claims(",\"x\":" + "{\"x\":".repeat(900) + '1' + "}".repeat(900))));
        tokens.put("claims that go on", rsa("", GOOD + "{}"));
        tokens.put("claims cut short", rsa("", GOOD.substring(0, GOOD.length() - 1)));
        tokens.put("claims in an array", rsa("", '[' + GOOD + ']'));
        tokens.put("claims of a number", rsa("", "1"));
        tokens.put("a token in a token", rsa(",\"cty\":\"JWT\"", good));
        tokens.put("a comment in JSON", rsa("", GOOD.replace("{", "{/**/")));
        tokens.put("no UTF-8", notUtf8());
        tokens.put("grants that are malformed", rsa("", claims(",\"unreadable\":1")));
        tokens.put("grants of another type", rsa("", claims(",\"subscribe\":[1]")));
    }

    private void times() {
        for (String exp : new String[] {
            "",
            "\"exp\":" + T,
            "\"exp\":" + (T - 1),
            "\"exp\":" + T + ".9",
            "\"exp\":0",
            "\"exp\":-1",
            "\"exp\":1e30",
            "\"exp\":1e999999999",
            "\"exp\":1e-999999999",
            "\"exp\":\"" + (T + 300) + '"',
            "\"exp\":null",
            "\"exp\":true",
            "\"exp\":[" + (T + 300) + ']',
            "\"exp\":" + (T + 300) * 1000,
            "\"exp\":" + "9".repeat(400),
            "\"exp\":NaN"
        }) {
            tokens.put("expiry: " + exp, rsa("", claims(exp, "")));
        }
        for (String name : new String[] {"nbf", "iat"}) {
            for (Object time : new Object[] {T + 61, "\"" + T + '"', -1, "null", "1e25"}) {
                tokens.put(name + ' ' + time, rsa("", claims(",\"" + name + "\":" + time)));
            }
        }
    }

    private void names() {
        String rest = ",\"exp\":" + (T + 300);
        String aud = "\"aud\":\"" + AUDIENCE + '"';
        String iss = "\"iss\":\"" + ISSUER + '"';
        for (String other : new String[] {
            "\"x\":1",
            "\"iss\":\"https://other.example\"",
            "\"iss\":\"" + ISSUER + "/\"",
            "\"iss\":\"HTTPS://issuer.example\"",
            "\"iss\":[\"" + ISSUER + "\"]",
            "\"iss\":null",
            "\"iss\":7",
            "\"iss\":\"\""
        }) {
            tokens.put("issuer: " + other, rsa("", '{' + aud + ',' + other + rest + '}'));
        }
        for (String other : new String[] {
            "\"x\":1",
            "\"aud\":\"https://other.example\"",
            "\"aud\":[]",
            "\"aud\":[\"https://other.example\"]",
            "\"aud\":[\"" + AUDIENCE + "\",7]",
            "\"aud\":null",
            "\"aud\":7",
            "\"aud\":\"" + AUDIENCE + "/\"",
            "\"aud\":[[\"" + AUDIENCE + "\"]]",
            "\"aud\":{\"" + AUDIENCE + "\":1}"
        }) {
            tokens.put("audience: " + other, rsa("", '{' + iss + ',' + other + rest + '}'));
        }
    }

    static String rsa(String header, String claims) {
        return signed(header("RS256", header), claims, RSA.getPrivate(), RS256);
    }

    private static String stranger(String header) {
        return signed(header("RS256", header), GOOD, STRANGER.getPrivate(), RS256);
    }

    /** Changes the four unused bits of the last character of 256 bytes, which a lenient decoder ignores. */
    private static String leftOver(String token) {
        String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        int last = alphabet.indexOf(token.charAt(token.length() - 1));
        return token.substring(0, token.length() - 1) + alphabet.charAt(last + 1);
    }

    private static String notUtf8() {
        byte[] claims = claims(",\"x\":\"?\"").getBytes(UTF_8);
        claims[new String(claims, UTF_8).indexOf('?')] = (byte) 0xff;
        String signed = part(header("RS256", "")) + '.' + part(claims);
        return signed + '.' + part(TokenForge.signature(signed, RSA.getPrivate(), RS256));
    }
}
