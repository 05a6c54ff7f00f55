package dev.courant.auth;

import static dev.courant.settings.SettingCatalogue.JWT_JWKS;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jose4j.json.JsonUtil;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.lang.JoseException;

/**
 * The location of a JWK Set (RFC 7517): a file, or a URL that is HTTPS or on this machine. The library's {@code HttpsJwks}
 * is not used, because it follows redirects. Its {@code JsonWebKeySet} logs whole sets, which may contain secrets.
 */
class JwksSource {

    /** The maximum size of a set. A set of a few keys has a few kilobytes. */
    static final int MAX_BYTES = 256 << 10;

    /** The maximum time for a whole response. */
    private static final Duration MAX_TIME = Duration.ofSeconds(10);

    /** A token without a {@code kid} is checked with each key. */
    private static final int MAX_KEYS = 64;

    private static final Pattern LOOPBACK =
            Pattern.compile("(?i)localhost|127(\\.[0-9]{1,3}){3}|\\[(::1|0:0:0:0:0:0:0:1)]");

    /** Thrown if there is no usable set. The message is a fixed text, so it may be logged. */
    static final class UnusableException extends IOException {

        private static final long serialVersionUID = 1;

        UnusableException(String message) {
            super(message);
        }
    }

    private final URI uri;
    private final Duration stepTimeout;
    private final LongSupplier nanoTime;

    /** @param stepTimeout the maximum time to connect, and to wait for each part of the response */
    JwksSource(URI uri, Duration stepTimeout, LongSupplier nanoTime) {
        this.uri = uri;
        this.stepTimeout = stepTimeout;
        this.nanoTime = nanoTime;
    }

    /** @throws IllegalArgumentException if the location is invalid. The message begins with the setting */
    static JwksSource of(String location) {
        String text = location.strip();
        boolean remote = text.matches("(?is)https?://.*");
        URI uri;
        try {
            uri = remote
                    ? URI.create(text)
                    : (text.startsWith("file:") ? Path.of(URI.create(text)) : Path.of(text)).toUri();
        } catch (IllegalArgumentException quotesLocation) {
            throw new IllegalArgumentException(JWT_JWKS + " has to be a URL or a file");
        }
        if (remote && (uri.getHost() == null || uri.getRawUserInfo() != null || uri.getRawFragment() != null)) {
            throw new IllegalArgumentException(JWT_JWKS + " has to be a URL of scheme, host and path");
        }
        if (remote
                && !uri.getScheme().equalsIgnoreCase("https")
                && !LOOPBACK.matcher(uri.getHost()).matches()) {
            throw new IllegalArgumentException(JWT_JWKS + " has to begin with https:, unless its host is this one");
        }
        return new JwksSource(uri, Duration.ofSeconds(5), System::nanoTime);
    }

    /** Returns whether the set is a file, which can be read quickly. Only a file may contain secrets. */
    final boolean isFile() {
        return "file".equals(uri.getScheme());
    }

    /** Returns the location for the log, without parts that may be secret. */
    final String name() {
        return isFile() ? Path.of(uri).toString() : uri.getScheme() + "://" + uri.getRawAuthority() + uri.getRawPath();
    }

    /** Returns the usable keys of the set, at least one. Skips the others, as RFC 7517, section 5, requires. */
    final List<JsonWebKey> readKeys(SignatureAlgorithms algorithms) throws UnusableException {
        try {
            return parse(read(), isFile(), algorithms);
        } catch (UnusableException unusable) {
            throw unusable;
        } catch (NoSuchFileException missing) {
            throw new UnusableException("it does not exist. Name an existing file, or a URL");
        } catch (AccessDeniedException denied) {
            throw new UnusableException("it is not readable. Change its permissions");
        } catch (IOException | RuntimeException unreadable) {
            // The message may quote the file or the whole URL.
            throw new UnusableException(unreadable.getClass().getSimpleName());
        }
    }

    byte[] read() throws IOException {
        long start = nanoTime.getAsLong();
        if (isFile()) {
            try (InputStream in = Files.newInputStream(Path.of(uri))) {
                return read(in, start);
            }
        }
        // The threads of java.net.http would outlive the application.
        HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection();
        // The operator trusts only the configured URL.
        connection.setInstanceFollowRedirects(false);
        connection.setUseCaches(false);
        connection.setConnectTimeout((int) stepTimeout.toMillis());
        connection.setReadTimeout((int) stepTimeout.toMillis());
        connection.setRequestProperty("Accept", "application/jwk-set+json, application/json");
        // The thread that would keep the connection alive would also keep this application's class loader alive.
        connection.setRequestProperty("Connection", "close");
        try {
            if (connection.getResponseCode() != HttpURLConnection.HTTP_OK) {
                throw new UnusableException("the answer is " + connection.getResponseCode());
            }
            try (InputStream in = connection.getInputStream()) {
                return read(in, start);
            }
        } finally {
            connection.disconnect();
        }
    }

    private byte[] read(InputStream in, long start) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        byte[] chunk = new byte[8 << 10];
        for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
            bytes.write(chunk, 0, read);
            if (bytes.size() > MAX_BYTES) {
                throw new UnusableException("it is too large");
            }
            if (nanoTime.getAsLong() - start > MAX_TIME.toNanos()) {
                throw new UnusableException("it takes too long");
            }
        }
        return bytes.toByteArray();
    }

    /** @param secrets whether the set may have symmetric keys */
    static List<JsonWebKey> parse(byte[] json, boolean secrets, SignatureAlgorithms algorithms)
            throws UnusableException {
        List<?> members = null;
        try {
            members = (List<?>) JsonUtil.parseJson(new String(json, UTF_8)).get("keys");
        } catch (JoseException | ClassCastException quotesSet) {
            // The exception below does not quote it.
        }
        if (members == null || members.size() > MAX_KEYS) {
            throw new UnusableException("it is no JWK Set of " + MAX_KEYS + " keys at most");
        }
        List<JsonWebKey> keys = members.stream()
                .flatMap(JwksSource::parseKey)
                .filter(key -> (secrets || key instanceof PublicJsonWebKey) && algorithms.hasUseFor(key))
                .toList();
        if (keys.isEmpty()) {
            throw new UnusableException("it has no key that can be used");
        }
        return keys;
    }

    /** Returns the key, or none if it is malformed, not for verifying (sections 4.2 and 4.3), or private. */
    @SuppressWarnings("unchecked") // The names in a JSON object are strings.
    private static Stream<JsonWebKey> parseKey(Object params) {
        try {
            JsonWebKey key = JsonWebKey.Factory.newJwk((Map<String, Object>) params);
            boolean isUsable = (key.getUse() == null || key.getUse().equals("sig"))
                    && (key.getKeyOps() == null || key.getKeyOps().contains("verify"))
                    && !(key instanceof PublicJsonWebKey pair && pair.getPrivateKey() != null);
            return isUsable ? Stream.of(key) : Stream.empty();
        } catch (JoseException | RuntimeException malformed) {
            return Stream.empty();
        }
    }
}
