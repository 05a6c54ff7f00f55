package dev.courant.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.NotAllowedException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import java.io.EOFException;
import java.io.StringReader;
import java.net.URISyntaxException;
import java.nio.channels.CancelledKeyException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProblemMapperTest {

    private static final Logger LOG = Logger.getLogger(ProblemMapper.class.getName());

    private final ProblemMapper mapper = new ProblemMapper();

    @BeforeEach
    void disableLog() {
        LOG.setLevel(Level.OFF);
    }

    @AfterEach
    void enableLog() {
        LOG.setLevel(null);
        LOG.setFilter(null);
    }

    @Test
    void writesAndLogsNothingIfTheConnectionWasClosed() {
        AtomicInteger records = new AtomicInteger();
        LOG.setLevel(Level.ALL);
        LOG.setFilter(entry -> {
            records.incrementAndGet();
            return false;
        });
        for (Exception closed : List.of(new EOFException(), new CancelledKeyException())) {
            Response response = mapper.toResponse(closed);

            assertEquals(400, response.getStatus());
            assertFalse(response.hasEntity());
        }
        assertEquals(0, records.get());
    }

    @ParameterizedTest
    @CsvSource({"400, Bad Request", "404, Not Found", "405, Method Not Allowed", "406, Not Acceptable", "499, Error"})
    void keepsTheStatusOfJaxRsExceptions(int status, String title) {
        Response response = mapper.toResponse(
                new WebApplicationException(Response.status(status).build()));

        assertEquals(status, response.getStatus());
        assertEquals("application/problem+json", response.getMediaType().toString());
        JsonObject problem = read(response);
        assertEquals(status, problem.getInt("status"));
        assertEquals(title, problem.getString("title"));
        assertFalse(problem.getString("detail").isBlank());
    }

    @Test
    void keepsTheHeadersOfJaxRsExceptions() {
        assertEquals("GET", mapper.toResponse(new NotAllowedException("GET")).getHeaderString("Allow"));
    }

    @Test
    void sendsTheHeadersOfAProblem() {
        Response response = mapper.toResponse(new ProblemException(
                401, "No.", new ResponseHeader("WWW-Authenticate", "Bearer"), ResponseHeader.retryAfter(7)));

        assertEquals(401, response.getStatus());
        assertEquals("Bearer", response.getHeaderString("WWW-Authenticate"));
        assertEquals("7", response.getHeaderString("Retry-After"));
        assertEquals("No.", read(response).getString("detail"));
    }

    @Test
    void hidesInternalErrors() {
        for (Throwable thrown : new Throwable[] {
            new IllegalStateException("secret"),
            new StackOverflowError("secret"),
            new WebApplicationException("secret", 503),
        }) {
            Response response = mapper.toResponse(thrown);

            assertEquals(500, response.getStatus());
            assertFalse(((String) response.getEntity()).contains("secret"));
        }
    }

    @Test
    void mapsAMalformedUriToBadRequest() {
        Throwable thrown = new IllegalArgumentException(new URISyntaxException("/{", "Illegal character in path"));
        assertEquals(400, mapper.toResponse(thrown).getStatus());
    }

    @Test
    void doesNotEchoTheMessageOfJaxRsExceptions() {
        Response response = mapper.toResponse(new BadRequestException("<script>"));

        assertFalse(((String) response.getEntity()).contains("script"));
    }

    @Test
    void escapesJson() {
        String json = new ProblemDetails(400, "Bad \"Request\"", "a\nb").toJson();

        JsonObject problem = Json.createReader(new StringReader(json)).readObject();
        assertEquals("Bad \"Request\"", problem.getString("title"));
        assertEquals("a\nb", problem.getString("detail"));
    }

    private static JsonObject read(Response response) {
        return Json.createReader(new StringReader((String) response.getEntity()))
                .readObject();
    }
}
