package dev.courant.door;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.courant.problem.ProblemException;
import jakarta.servlet.http.HttpServletRequest;
import java.lang.reflect.Proxy;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QueryFilterTest {

    @ParameterizedTest
    @ValueSource(strings = {"topic=%zz", "topic=%", "a=b&c=%4", "%=a"})
    void refusesEscapesThatAreNone(String query) {
        assertEquals(400, refusal(query, true));
    }

    @Test
    void refusesWhatTheServerCannotDecode() {
        assertEquals(400, refusal("topic=\u00e9\u00ff", false));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "topic=a%20b+c", "topic=\u00e9", "lastEventId=%23abc-1&x={y}"})
    void letsOthersThrough(String query) {
        assertDoesNotThrow(() -> new QueryFilter().look(request(query, true)));
    }

    private static int refusal(String query, boolean readable) {
        ProblemException refused =
                assertThrows(ProblemException.class, () -> new QueryFilter().look(request(query, readable)));
        return refused.problem().status();
    }

    private static HttpServletRequest request(String query, boolean readable) {
        return (HttpServletRequest) Proxy.newProxyInstance(
                QueryFilterTest.class.getClassLoader(),
                new Class<?>[] {HttpServletRequest.class},
                (self, method, given) -> switch (method.getName()) {
                    case "getQueryString" -> query;
                    case "getMethod" -> "GET";
                    case "getParameterMap" -> {
                        if (!readable) {
                            throw new IllegalStateException("as Payara does");
                        }
                        yield Map.of();
                    }
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }
}
