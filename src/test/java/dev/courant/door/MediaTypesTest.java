package dev.courant.door;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.courant.problem.ProblemException;
import jakarta.servlet.http.HttpServletRequest;
import java.lang.reflect.Proxy;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MediaTypesTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "none",
            value = {
                "none|UTF-8",
                "text/plain|UTF-8",
                "application/json; charset=\"utf-8\"|UTF-8",
                "text/plain; Charset=UTF8|UTF-8",
                "text/plain; format=flowed;charset = latin1|ISO-8859-1",
                "text/plain; charset=utf-16le|UTF-16LE",
                "text/plain; charset=us-ascii; x=y|US-ASCII"
            })
    void findsTheCharset(String type, String charset) {
        assertEquals(charset, MediaTypes.charset(request(type, null)).name());
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/plain; charset=utf-7", "text/plain; charset=", "text/plain; charset=\"\u0000\""})
    void refusesACharsetThatIsNotConverted(String type) {
        assertEquals(
                415,
                assertThrows(ProblemException.class, () -> MediaTypes.charset(request(type, null)))
                        .problem()
                        .status());
    }

    @ParameterizedTest
    @ValueSource(strings = {"br", "gzip", "identity, gzip", "x"})
    void refusesACompressedBodyAndNamesWhatItTakes(String coding) {
        ProblemException refused =
                assertThrows(ProblemException.class, () -> MediaTypes.charset(request("text/plain", coding)));
        assertEquals(415, refused.problem().status());
        assertEquals("identity", refused.headers().get("Accept-Encoding"));
    }

    private static HttpServletRequest request(String type, String coding) {
        return (HttpServletRequest) Proxy.newProxyInstance(
                MediaTypesTest.class.getClassLoader(),
                new Class<?>[] {HttpServletRequest.class},
                (self, method, given) -> switch (method.getName()) {
                    case "getContentType" -> type;
                    case "getHeader" -> coding;
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }
}
