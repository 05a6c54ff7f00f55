package dev.courant.auth;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.Duration;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;

/**
 * A JWK Set at a URL. Read by the thread that asks, without threads of an HTTP client's own, which would outlive the
 * application. Redirects are not followed: the address that the operator gave is the one that is trusted.
 */
final class RemoteJwks implements JwksSource {

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration ALL_PATIENCE = Duration.ofSeconds(10);
    private static final Pattern LOOPBACK =
            Pattern.compile("(?i)localhost|127(\\.[0-9]{1,3}){3}|\\[(::1|0:0:0:0:0:0:0:1)]");
    private static final int CHUNK = 8 << 10;

    private final URI uri;
    private final Duration patience;
    private final Duration allPatience;
    private final LongSupplier nanoTime;

    RemoteJwks(URI uri) {
        this(uri, PATIENCE, ALL_PATIENCE, System::nanoTime);
    }

    /**
     * Reads with other limits.
     *
     * @param patience for a connection, and for each piece of the answer
     * @param allPatience for the whole of it, however small its pieces are
     */
    RemoteJwks(URI uri, Duration patience, Duration allPatience, LongSupplier nanoTime) {
        String host = uri.getHost();
        if (host == null || uri.getRawUserInfo() != null || uri.getRawFragment() != null) {
            throw new IllegalArgumentException(SETTING + " has to be a URL of scheme, host and path");
        }
        if (!"https".equalsIgnoreCase(uri.getScheme())
                && !LOOPBACK.matcher(host).matches()) {
            throw new IllegalArgumentException(SETTING + " has to begin with https:, unless its host is this one");
        }
        this.uri = uri;
        this.patience = patience;
        this.allPatience = allPatience;
        this.nanoTime = nanoTime;
    }

    @Override
    public byte[] read() throws IOException {
        long start = nanoTime.getAsLong();
        HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection();
        connection.setInstanceFollowRedirects(false);
        connection.setUseCaches(false);
        connection.setConnectTimeout((int) patience.toMillis());
        connection.setReadTimeout((int) patience.toMillis());
        connection.setRequestProperty("Accept", "application/jwk-set+json, application/json");
        // A connection that is kept would be kept by a thread that has our class loader.
        connection.setRequestProperty("Connection", "close");
        try {
            if (connection.getResponseCode() != HttpURLConnection.HTTP_OK) {
                throw new UnusableJwksException("the answer is " + connection.getResponseCode());
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
        byte[] chunk = new byte[CHUNK];
        for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
            bytes.write(chunk, 0, read);
            if (bytes.size() > MOST_BYTES) {
                throw new UnusableJwksException("it is too large");
            }
            if (nanoTime.getAsLong() - start > allPatience.toNanos()) {
                throw new UnusableJwksException("it takes too long");
            }
        }
        return bytes.toByteArray();
    }

    @Override
    public boolean isLocal() {
        return false;
    }

    @Override
    public String name() {
        return uri.getScheme() + "://" + uri.getRawAuthority() + uri.getRawPath();
    }

    @Override
    public String toString() {
        return name();
    }
}
