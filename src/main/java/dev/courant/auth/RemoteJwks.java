package dev.courant.auth;

import static dev.courant.settings.SettingCatalogue.JWT_JWKS;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.Duration;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;

/**
 * A JWK Set at a URL, which is HTTPS or on this machine. It follows no redirects, because the operator trusts only the
 * configured URL. It reads on the calling thread: an HTTP client's own threads would outlive the application.
 */
final class RemoteJwks implements JwksSource {

    private static final Pattern LOOPBACK =
            Pattern.compile("(?i)localhost|127(\\.[0-9]{1,3}){3}|\\[(::1|0:0:0:0:0:0:0:1)]");

    private final URI uri;
    private final Duration stepTimeout;
    private final Duration totalTimeout;
    private final LongSupplier nanoTime;

    RemoteJwks(URI uri) {
        this(uri, Duration.ofSeconds(5), Duration.ofSeconds(10), System::nanoTime);
    }

    /**
     * @param stepTimeout the maximum time to connect, and to wait for each part of the response
     * @param totalTimeout the maximum time for the whole response
     */
    RemoteJwks(URI uri, Duration stepTimeout, Duration totalTimeout, LongSupplier nanoTime) {
        String host = uri.getHost();
        if (host == null || uri.getRawUserInfo() != null || uri.getRawFragment() != null) {
            throw new IllegalArgumentException(JWT_JWKS + " has to be a URL of scheme, host and path");
        }
        if (!"https".equalsIgnoreCase(uri.getScheme())
                && !LOOPBACK.matcher(host).matches()) {
            throw new IllegalArgumentException(JWT_JWKS + " has to begin with https:, unless its host is this one");
        }
        this.uri = uri;
        this.stepTimeout = stepTimeout;
        this.totalTimeout = totalTimeout;
        this.nanoTime = nanoTime;
    }

    @Override
    public byte[] read() throws IOException {
        long start = nanoTime.getAsLong();
        HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection();
        connection.setInstanceFollowRedirects(false);
        connection.setUseCaches(false);
        connection.setConnectTimeout((int) stepTimeout.toMillis());
        connection.setReadTimeout((int) stepTimeout.toMillis());
        connection.setRequestProperty("Accept", "application/jwk-set+json, application/json");
        // The thread that would keep the connection alive would also keep this application's class loader alive.
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
        byte[] chunk = new byte[8 << 10];
        for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
            bytes.write(chunk, 0, read);
            if (bytes.size() > MAX_BYTES) {
                throw new UnusableJwksException("it is too large");
            }
            if (nanoTime.getAsLong() - start > totalTimeout.toNanos()) {
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
}
