package dev.courant.http;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.courant.support.InterfaceFake;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestFilterTest {

    @ParameterizedTest
    @ValueSource(strings = {"topic=%zz", "topic=%", "a=b&c=%4", "%=a"})
    void refusesMalformedEscapes(String query) {
        assertEquals(400, refusal(query, true));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "topic=v/%E9",
                "topic=v/%E8",
                "topic=a&lastEventId=%ff",
                "topic=a&type=%C0%80",
                "topic=a&%E9=b",
                "x=%ED%A0%80",
                "x=%F8%88%80%80%80",
                "x=%E2%82&y=%AC",
                "x=%C3=%A9",
                "\u00e9=%E9"
            })
    void refusesInvalidUtf8InAnyParameter(String query) {
        assertEquals(400, refusal(query, true));
    }

    @Test
    void refusesAQueryThatTheServerCannotDecode() {
        assertEquals(400, refusal("topic=\u00e9\u00ff", false));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "topic=a%20b+c", "topic=\u00e9", "lastEventId=%23abc-1&x={y}", "topic=%E2%82%AC&%c3%a9=1"})
    void acceptsOtherQueries(String query) {
        assertDoesNotThrow(() -> RequestFilter.checkQuery(request(query, true)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "text/event-stream;q=abc|true",
                "text/html, text/event-stream; Q=2|true",
                "text/event-stream;q=|true",
                "text/event-stream;q=0.5, */*;q=1.000;x=y|false",
                "text/event-stream;charset=q, */*; q=0|false"
            })
    void refusesMalformedWeights(String accept, boolean refused) {
        HttpServletRequest request = request("", accept, true);
        if (refused) {
            assertThrows(ProblemException.class, () -> RequestFilter.checkAccept(request));
        } else {
            assertDoesNotThrow(() -> RequestFilter.checkAccept(request));
        }
    }

    /** Jersey waits for the first byte of a form before it calls the resource. */
    @ParameterizedTest
    @CsvSource({
        "application/x-www-form-urlencoded, true",
        "Application/X-WWW-Form-UrlEncoded ;charset=utf-8, true",
        "text/plain, false",
        "application/x-www-form-urlencoded2, false"
    })
    void hidesTheTypeOfAFormFromJersey(String type, boolean hidden) {
        HttpServletRequest request = InterfaceFake.create(HttpServletRequest.class, (name, given) -> switch (name) {
            case "getServletPath" -> "/sse";
            case "getHeaderNames" -> Collections.enumeration(List.of("Host", "content-type"));
            case "getHeaders" -> Collections.enumeration(List.of(type));
            default -> throw new UnsupportedOperationException(name);
        });

        HttpServletRequest wrapped = new RequestFilter().wrap(request);

        assertEquals(
                hidden ? List.of("Host") : List.of("Host", "content-type"), Collections.list(wrapped.getHeaderNames()));
        assertEquals(List.of(type), Collections.list(wrapped.getHeaders("Content-Type")));
    }

    private static int refusal(String query, boolean readable) {
        ProblemException refused =
                assertThrows(ProblemException.class, () -> RequestFilter.checkQuery(request(query, readable)));
        return refused.problem().status();
    }

    private static HttpServletRequest request(String query, boolean readable) {
        return request(query, "*/*", readable);
    }

    private static HttpServletRequest request(String query, String accept, boolean readable) {
        return InterfaceFake.create(HttpServletRequest.class, (name, given) -> switch (name) {
            case "getQueryString" -> query;
            case "getHeader" -> accept;
            case "getMethod" -> "GET";
            case "getParameterMap" -> {
                if (!readable) {
                    throw new IllegalStateException("as Payara does");
                }
                yield Map.of();
            }
            default -> throw new UnsupportedOperationException(name);
        });
    }
}
