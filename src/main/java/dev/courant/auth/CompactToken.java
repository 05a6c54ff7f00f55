package dev.courant.auth;

import static java.nio.charset.StandardCharsets.US_ASCII;

import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A JWS in compact serialization (RFC 7515, section 7.1), taken apart and not verified. Its claims are read when it is. */
final class CompactToken {

    /** In characters, which are bytes. Headers and cookies are mostly limited to less. */
    static final int MOST = 16 << 10;

    private static final Pattern FORM = Pattern.compile("([A-Za-z0-9_-]++)\\.([A-Za-z0-9_-]++)\\.([A-Za-z0-9_-]++)");

    private final String text;
    private final JsonObject header;
    private final String claims;
    private final String signed;

    private CompactToken(Matcher form) {
        text = form.group();
        header = json(form.group(1), "its header");
        claims = form.group(2);
        signed = text.substring(0, form.start(3) - 1);
        decode(form.group(3), "its signature");
    }

    /** @throws InvalidTokenException if this is none, or one with a header that has no place here */
    static CompactToken parse(String text) {
        if (text.length() > MOST) {
            throw new InvalidTokenException("it is too long");
        }
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            throw new InvalidTokenException("it is no compact JWS");
        }
        CompactToken token = new CompactToken(form);
        // Extensions that have to be understood (RFC 7515, section 4.1.11; RFC 7797): there are none that are.
        if (token.header.containsKey("crit") || token.header.containsKey("b64")) {
            throw new InvalidTokenException("its header has extensions");
        }
        return token;
    }

    String text() {
        return text;
    }

    /** A member of the header; {@code null} if there is none. Those that bring a key with them nobody asks for. */
    @Nullable
    String header(String name) {
        if (!header.containsKey(name)) {
            return null;
        }
        if (header.get(name) instanceof JsonString word) {
            return word.getString();
        }
        throw new InvalidTokenException("its header has a member of another type");
    }

    JsonObject claims() {
        return json(claims, "its claims");
    }

    /**
     * What it is known by once it is revoked: the SHA-256 of what is signed. The signature is left out since it can be
     * written in several ways (whoever has (r, s) of ECDSA has (r, n-s) as well), which would each be another token.
     */
    String fingerprint() {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(signed.getBytes(US_ASCII));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has SHA-256", impossible);
        }
    }

    @Override
    public String toString() {
        return "CompactToken";
    }

    private static JsonObject json(String part, String name) {
        try {
            return StrictJson.object(decode(part, name));
        } catch (JsonException malformed) {
            throw new InvalidTokenException(name + " cannot be read as JSON");
        }
    }

    /** The decoder lets unused bits at the end be anything, which RFC 4648, section 3.5, allows to refuse. */
    private static byte[] decode(String part, String name) {
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(part);
            if (Base64.getUrlEncoder().withoutPadding().encodeToString(bytes).equals(part)) {
                return bytes;
            }
        } catch (IllegalArgumentException malformed) {
            // The same answer.
        }
        throw new InvalidTokenException(name + " is not Base64url");
    }
}
