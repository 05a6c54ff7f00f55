package dev.courant.auth;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(300)
class RemoteJwksTest {

    private static final byte[] KEYS = TestAuthenticator.jwks(TestAuthenticator.jwk("1", TestAuthenticator.RSA))
            .getBytes(UTF_8);

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch finished = new CountDownLatch(1);
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.start();
    }

    @AfterEach
    void stop() {
        finished.countDown();
        server.stop(0);
        threads.shutdownNow();
    }

    @Test
    void readsWhatIsThere() throws IOException {
        respond("/", 200, KEYS);
        assertArrayEquals(KEYS, JwksSource.of(url("/")).read());
    }

    @Test
    void followsNoRedirect() {
        AtomicInteger followed = new AtomicInteger();
        server.createContext("/keys", exchange -> {
            exchange.getResponseHeaders().add("Location", "/other");
            exchange.sendResponseHeaders(302, -1);
        });
        server.createContext("/other", exchange -> followed.incrementAndGet());

        assertThrows(
                JwksSource.UnusableException.class,
                () -> JwksSource.of(url("/keys")).read());
        assertEquals(0, followed.get());
    }

    @ParameterizedTest
    @ValueSource(ints = {201, 204, 401, 404, 500})
    void rejectsOtherStatuses(int status) {
        respond("/", status, status == 204 ? new byte[0] : KEYS);
        assertThrows(IOException.class, () -> JwksSource.of(url("/")).read());
    }

    @Test
    void stopsReadingWhatIsTooLarge() {
        respond("/", 200, new byte[JwksSource.MAX_BYTES + 1]);
        assertThrows(
                JwksSource.UnusableException.class,
                () -> JwksSource.of(url("/")).read());
    }

    @Test
    void stopsWaitingForAnAnswer() {
        server.createContext("/", exchange -> await());
        assertThrows(
                IOException.class,
                () -> impatient(Duration.ofMillis(50), new AtomicLong()).read());
    }

    @Test
    void stopsReadingWhatDripsWithoutEnd() {
        AtomicLong clock = new AtomicLong();
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            while (!Thread.currentThread().isInterrupted()) {
                exchange.getResponseBody().write(' ');
                exchange.getResponseBody().flush();
                clock.addAndGet(Duration.ofSeconds(1).toNanos());
            }
        });
        JwksSource.UnusableException stopped = assertThrows(
                JwksSource.UnusableException.class,
                () -> impatient(Duration.ofSeconds(5), clock).read());
        assertEquals("it takes too long", stopped.getMessage());
    }

    @Test
    void aTokenIsVerifiedWithKeysFromThere() throws InterruptedException {
        respond("/", 200, KEYS);
        try (VerificationKeys keys = VerificationKeys.jwks(url("/"), "", Executors.defaultThreadFactory())) {
            TestAuthenticator authenticator = new TestAuthenticator(keys, TestDialect.STRICT);
            String token = TokenAttacks.rsa(",\"kid\":\"1\"", TestAuthenticator.claims(""));
            while (authenticator.refusal(AuthExchange.bearing(token)).startsWith("503")) {
                Thread.onSpinWait();
            }
            assertFalse(authenticator.access(token).isAnonymous());
        }
    }

    @Test
    void aFileIsReadAtOnce(@TempDir Path folder) throws IOException {
        Path file =
                Files.writeString(folder.resolve("keys.json"), TestAuthenticator.jwks(TestAuthenticator.secretJwk()));
        for (String location : new String[] {file.toString(), file.toUri().toString()}) {
            try (VerificationKeys keys = VerificationKeys.jwks(location, "", Executors.defaultThreadFactory())) {
                assertEquals(1, keys.find("HS256", "hmac").size());
            }
        }
    }

    @Test
    void aFileThatIsTooLargeIsNotRead(@TempDir Path folder) throws IOException {
        Path file = Files.write(folder.resolve("keys.json"), new byte[JwksSource.MAX_BYTES + 1]);
        assertThrows(
                JwksSource.UnusableException.class,
                () -> JwksSource.of(file.toString()).read());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://issuer.example/keys",
                "http://127.0.0.1.evil.example/",
                "http://localhost.evil.example/",
                "http://10.0.0.1/",
                "https://user:secret@issuer.example/",
                "https://",
                "https://issuer.example/ keys",
                "https://issuer.example/#secret",
                "file://host/keys",
                "\0"
            })
    void refusesWhatIsNotSafeToTrust(String location) {
        IllegalArgumentException refused = assertThrows(IllegalArgumentException.class, () -> JwksSource.of(location));
        assertTrue(refused.getMessage().startsWith("courant.jwt.jwks "), refused.getMessage());
        assertFalse(refused.getMessage().contains("secret"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://issuer.example/keys?t=secret", "HTTPS://issuer.example/keys", "http://[::1]/keys"})
    void namesNoQuery(String location) {
        assertTrue(JwksSource.of(location).name().endsWith("/keys"));
    }

    private JwksSource impatient(Duration patience, AtomicLong clock) {
        return new JwksSource(URI.create(url("/")), patience, clock::get);
    }

    private void respond(String path, int status, byte[] body) {
        server.createContext(path, exchange -> {
            exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
    }

    private void await() {
        try {
            finished.await();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private String url(String path) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + path;
    }
}
