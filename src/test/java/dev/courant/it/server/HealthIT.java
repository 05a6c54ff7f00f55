package dev.courant.it.server;

import static dev.courant.support.Refusals.refused;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.courant.it.DeployedTestCase;
import dev.courant.support.HubClient;
import dev.courant.support.RawConnection;
import dev.courant.support.TestTokens;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests the health checks with the requests of orchestrators, load balancers and curl. */
class HealthIT extends DeployedTestCase {

    private HubClient client;

    @BeforeEach
    void createClient() {
        client = new HubClient(base, null);
    }

    @ParameterizedTest
    @ValueSource(strings = {"live", "ready"})
    void isUp(String probe) throws Exception {
        HttpResponse<String> response = send("GET", "ops/health/" + probe);
        assertEquals(200, response.statusCode());
        assertEquals("UP", TestTokens.parse(response.body()).getString("status"));
        assertEquals(List.of("application/json"), response.headers().allValues("Content-Type"));
        assertEquals(List.of("no-store"), response.headers().allValues("Cache-Control"));
    }

    /** Tests headers and queries that some probes and gateways send. */
    @ParameterizedTest
    @ValueSource(strings = {"live", "ready"})
    void ignoresTheHeadersOfProbes(String probe) throws Exception {
        URI uri = base.resolve("ops/health/" + probe + "?_=1");
        HttpResponse<String> response =
                client.send("GET", uri, "Accept", "text/plain", "Authorization", "Bearer no-token");
        assertEquals(200, response.statusCode());
        assertEquals("UP", TestTokens.parse(response.body()).getString("status"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"live", "ready"})
    void respondsToHeadWithoutABody(String probe) throws Exception {
        HttpResponse<String> response = send("HEAD", "ops/health/" + probe);
        assertEquals(200, response.statusCode());
        assertEquals("", response.body());
        assertEquals(List.of("application/json"), response.headers().allValues("Content-Type"));
        assertEquals(List.of("no-store"), response.headers().allValues("Cache-Control"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "DELETE", "PATCH"})
    void rejectsOtherMethods(String method) throws Exception {
        HttpResponse<String> response = send(method, "ops/health/ready");
        refused(405, response);
        assertTrue(response.headers().firstValue("Allow").orElse("").contains("GET"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ops", "ops/", "ops/health", "ops/health/", "ops/health/other", "ops/health/live/x"})
    void hasNoOtherPaths(String path) throws Exception {
        refused(404, send("GET", path));
    }

    @Test
    void rejectsAMalformedQuery() throws Exception {
        try (RawConnection connection = new RawConnection(base)) {
            connection.send(("GET " + base.getPath() + "ops/health/ready?%zz HTTP/1.1\r\nHost: localhost\r\n\r\n")
                    .getBytes(US_ASCII));
            RawConnection.RawResponse response = connection.read(false);
            assertEquals(400, response.status());
        }
    }

    private HttpResponse<String> send(String method, String path) throws Exception {
        return client.send(method, base.resolve(path));
    }
}
