package dev.courant.http;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.courant.support.InterfaceFake;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StreamAcceptTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/event-stream;q=0",
                "TEXT/Event-Stream ; Q=0.000;x=y",
                "*/*, text/event-stream;q=0",
                "text/*;q=0, */*",
                "*/*;q=0.0"
            })
    void refusesAWeightOfZero(String accept) {
        assertEquals(
                406,
                assertThrows(ProblemException.class, () -> check(accept))
                        .problem()
                        .status());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "*/*",
                "text/event-stream",
                "text/event-stream;q=0.01",
                "text/event-stream, */*;q=0",
                "text/html;q=0, text/event-stream",
                "text/event-stream;q=0, text/event-stream;charset=utf-8"
            })
    void acceptsAnyOtherWeight(String accept) {
        assertDoesNotThrow(() -> check(accept));
    }

    @Test
    void combinesHeaders() {
        assertThrows(ProblemException.class, () -> check("*/*", "text/event-stream;q=0"));
    }

    private static void check(String... accept) {
        StreamAccept.check(InterfaceFake.create(HttpServletRequest.class, (name, given) -> switch (name) {
            case "getHeaders" -> Collections.enumeration(List.of(accept));
            default -> throw new UnsupportedOperationException(name);
        }));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "application/json | true",
                "Application/JSON; q=0.1 | true",
                "application/json, text/plain, */* | true",
                "*/*, application/json | true",
                "text/event-stream;q=0.5, application/json | true",
                "application/json;q=0.9, text/*;q=0.8 | true",
                "application/json, text/event-stream | false",
                "text/event-stream, application/json;q=0.9 | false",
                "application/json;q=0.5, */* | false",
                "application/json;q=0 | false",
                "application/* | false",
                "text/html,application/xml;q=0.9,*/*;q=0.8 | false",
                "*/* | false",
                ", | false"
            })
    void prefersJsonIfTheClientNamesIt(String accept, boolean json) {
        assertEquals(json, StreamAccept.prefersJson(accept));
    }
}
