package dev.courant.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.courant.http.FormParameters;
import dev.courant.http.ProblemException;
import dev.courant.hub.StartPosition;
import dev.courant.hub.StartPosition.Newest;
import dev.courant.hub.StartPosition.Since;
import dev.courant.hub.StreamFormat;
import dev.courant.support.FakeRequest;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StreamParametersTest {

    private static final Instant NOW = Instant.parse("2026-12-01T12:00:00.123456Z");

    private final FakeRequest request = new FakeRequest("203.0.113.7");

    @ParameterizedTest
    @CsvSource({
        "1, 1",
        "050, 50",
        "10000, 10000",
        "999999999, 999999999",
        "1000000000, 2147483647",
        "99999999999999999999, 2147483647"
    })
    void startsWithTheNewestEvents(String last, int events) {
        assertEquals(new Newest(events), read("last=" + last));
    }

    @ParameterizedTest
    @CsvSource({
        "PT10M, 2026-12-01T11:50:00.123Z",
        "pt0.5s, 2026-12-01T11:59:59.623Z",
        "P1D, 2026-11-30T12:00:00.123Z",
        "PT0S, 2026-12-01T12:00:00.123Z",
        "P1DT2H30M, 2026-11-30T09:30:00.123Z",
        "2026-12-01T09:30:00Z, 2026-12-01T09:30:00Z",
        "2026-12-01t09:30:00.25z, 2026-12-01T09:30:00.250Z",
        "2026-12-01T09:30:00+01:00, 2026-12-01T08:30:00Z",
        "2026-12-01T09:30:00 01:00, 2026-12-01T08:30:00Z",
        "2026-12-01T09:30:00-05:30, 2026-12-01T15:00:00Z"
    })
    void startsAtATime(String since, Instant time) {
        assertEquals(new Since(time), StreamParameters.readStart(null, since, NOW));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "last=",
                "last=0",
                "last=-1",
                "last=1.5",
                "last=ten",
                "last=%D9%A1",
                "last=1%201",
                "since=",
                "since=PT",
                "since=PT-10M",
                "since=-PT10M",
                "since=P1W",
                "since=10m",
                "since=yesterday",
                "since=2026-12-01",
                "since=2026-12-01T09:30:00",
                "since=1796117400",
                "since=2026-13-01T00:00:00Z",
                "since=PT99999999999999999999S",
                "since=%2B999999999-01-01T00:00:00Z",
                "since=P999999999999999D"
            })
    void refusesOtherValuesWithAnExample(String query) {
        ProblemException refused = assertThrows(ProblemException.class, () -> read(query));

        assertEquals(400, refused.problem().status());
        String detail = refused.problem().detail();
        assertTrue(detail.startsWith("The parameter '" + query.substring(0, query.indexOf('=')) + "' has the value '"));
        assertTrue(detail.contains("for example 50.") || detail.contains("such as PT10M"), detail);
    }

    @Test
    void refusesBothAtOnce() {
        assertThrows(ProblemException.class, () -> read("last=5&since=PT1M"));
        assertThrows(ProblemException.class, () -> read("last=5&since=PT1M&lastEventId=x"));
    }

    @Test
    void readsTheFormat() {
        FormParameters json = FormParameters.parseQuery("format=json");
        assertEquals(
                StreamFormat.JSON,
                StreamParameters.read(request.request(), json).format());
        assertEquals(
                StreamFormat.PLAIN,
                StreamParameters.read(request.request(), FormParameters.parseQuery(""))
                        .format());
        for (String query : List.of("format=", "format=JSON", "format=xml")) {
            assertThrows(ProblemException.class, () -> read(query), query);
        }
    }

    @Test
    void prefersAnId() {
        assertEquals(StartPosition.after("x"), read("last=5&lastEventId=x"));
        assertEquals(StartPosition.after("x"), read("since=PT1M&lastEventId=x"));
        assertEquals(new Newest(5), read("last=5&lastEventId="), "a page that has no id yet");
        assertThrows(ProblemException.class, () -> read("last=0&lastEventId=x"));

        request.with("Last-Event-ID", "h");
        assertEquals(StartPosition.after("h"), read("last=5&lastEventId=x"));
    }

    private StartPosition read(String query) {
        return StreamParameters.read(request.request(), FormParameters.parseQuery(query))
                .start();
    }
}
