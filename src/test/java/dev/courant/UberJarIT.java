package dev.courant;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.net.ServerSocket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The jar as its user meets it: started on a port that is taken, told to find another. */
class UberJarIT {

    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private static ServerSocket taken;
    private static CourantProcess courant;

    @BeforeAll
    static void start() throws Exception {
        taken = new ServerSocket(0);
        courant = CourantProcess.start(taken.getLocalPort(), List.of(), "--autoBindHttp");
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
    void doesNotNameTheServerInside(String path) throws Exception {
        HttpResponse<String> response = get(path);

        assertAll(
                () -> assertFalse(response.headers().toString().contains("Payara"), response::toString),
                () -> assertFalse(response.headers().map().containsKey("server"), response::toString),
                () -> assertFalse(response.body().contains("Payara"), response::body));
    }

    @Test
    void startsWithoutAlarm() {
        List<String> alarms = courant.output().stream()
                .filter(line -> line.contains("WARNING") || line.contains("SEVERE") || line.contains("Exception"))
                .toList();

        assertEquals(List.of(), alarms);
    }

    private static HttpResponse<String> get(String path) throws Exception {
        HttpRequest request =
                HttpRequest.newBuilder(courant.uri().resolve("/" + path)).build();
        return CLIENT.send(request, HttpResponse.BodyHandlers.ofString());
    }
}
