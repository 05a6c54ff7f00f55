package dev.courant.it.launcher;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.courant.support.CourantProcess;
import dev.courant.support.ListeningPorts;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.opentest4j.TestAbortedException;

/** Tests the uber-jar on a port that is in use, with the option to find a free port. */
class UberJarIT {

    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @TempDir
    static Path directory;

    private static ServerSocket taken;
    private static CourantProcess courant;

    @BeforeAll
    static void start() throws Exception {
        taken = new ServerSocket(0);
        courant = CourantProcess.start(
                taken.getLocalPort(),
                List.of(),
                "--autoBindHttp",
                "--noCluster",
                "--hostAware",
                "--logToFile",
                directory.resolve("courant.log").toString());
    }

    @AfterAll
    static void stop() throws Exception {
        courant.close();
        taken.close();
    }

    @Test
    void servesThePageAtTheAddressItPrints() throws Exception {
        HttpResponse<String> page = get("");

        assertNotEquals(taken.getLocalPort(), courant.uri().getPort());
        assertEquals(200, page.statusCode());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "no-such-page", "..;/", "health", "metrics", "openapi", "a%2Fb"})
    void doesNotNameTheEmbeddedServer(String path) throws Exception {
        HttpResponse<String> response = get(path);

        assertAll(
                () -> assertFalse(response.headers().toString().contains("Payara"), response::toString),
                () -> assertFalse(response.headers().map().containsKey("server"), response::toString),
                () -> assertFalse(response.body().contains("Payara"), response::body));
    }

    @Test
    void startsWithoutWarnings() {
        List<String> warnings = courant.output().stream()
                .filter(line -> line.contains("WARNING") || line.contains("SEVERE") || line.contains("Exception"))
                .toList();

        assertEquals(List.of(), warnings);
    }

    @Test
    void listensOnItsPortOnly() throws Exception {
        assertEquals(Set.of(courant.uri().getPort()), ListeningPorts.of(courant.pid()));
    }

    @Test
    void respondsOverIpv6() throws Exception {
        InetAddress loopback = InetAddress.getByName("::1");
        try (ServerSocket socket = new ServerSocket(0, 1, loopback)) {
            assertTrue(socket.isBound());
        } catch (IOException e) {
            throw new TestAbortedException("this machine has no IPv6", e);
        }
        URI page = URI.create("http://[::1]:" + courant.uri().getPort() + "/");

        HttpResponse<String> response =
                CLIENT.send(HttpRequest.newBuilder(page).build(), HttpResponse.BodyHandlers.ofString());

        assertEquals(200, response.statusCode());
    }

    @Test
    void writesTheLogIntoTheGivenFile() throws Exception {
        List<String> logged = Files.readAllLines(directory.resolve("courant.log"));

        assertTrue(logged.stream().anyMatch(line -> line.contains("No key for tokens is set")), logged::toString);
        try (Stream<Path> files = Files.list(directory)) {
            assertEquals(List.of(directory.resolve("courant.log")), files.toList());
        }
    }

    private static HttpResponse<String> get(String path) throws Exception {
        HttpRequest request =
                HttpRequest.newBuilder(courant.uri().resolve("/" + path)).build();
        return CLIENT.send(request, HttpResponse.BodyHandlers.ofString());
    }
}
