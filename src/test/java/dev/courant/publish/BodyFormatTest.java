package dev.courant.publish;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.courant.http.ProblemException;
import dev.courant.support.InterfaceFake;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.Charset;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BodyFormatTest {

    private static final int MAX_BYTES = 10;

    @ParameterizedTest
    @CsvSource({
        ", UTF-8",
        "text/plain, UTF-8",
        "'text/plain; charset=utf-8', UTF-8",
        "'text/plain;charset=UTF8', UTF-8",
        "'text/plain; charset=utf-16le', UTF-16LE",
        "'text/plain; Charset=\"UTF-16\"', UTF-16",
        "'text/plain; format=flowed; charset = iso-8859-1', ISO-8859-1",
        "'text/plain; charset=latin1', ISO-8859-1",
        "'application/json;charset=us-ascii', US-ASCII",
        "'multipart/mixed; boundary=charset', UTF-8"
    })
    void readsTheCharsetOfTheContentType(@Nullable String type, String charset) {
        assertEquals(Charset.forName(charset), BodyFormat.parseCharset(request(type)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"text/plain; charset=utf-7", "text/plain; charset=cp037", "text/plain;charset=", "a/b;charset=%"
            })
    void refusesAnUnsupportedCharset(String type) {
        assertEquals(415, refusal(request(type)).problem().status());
    }

    @ParameterizedTest
    @ValueSource(strings = {"br", "gzip", "identity, gzip", "x"})
    void refusesACompressedBodyAndSendsAcceptEncoding(String coding) {
        ProblemException refused = refusal(request(null, coding));
        assertEquals(415, refused.problem().status());
        assertEquals("identity", refused.headers().get("Accept-Encoding"));
    }

    @Test
    void acceptsABodyThatIsNotCompressed() {
        assertEquals(UTF_8, BodyFormat.parseCharset(request(null, "Identity", " ")));
        assertEquals(415, refusal(request(null, "identity", "br")).problem().status());
    }

    @Test
    void decodesTheBodyInItsCharset() {
        assertEquals("H\u00e9", BodyFormat.decode("H\u00e9".getBytes(UTF_16LE), UTF_16LE, MAX_BYTES));
        assertEquals("H\u00e9", BodyFormat.decode("H\u00e9".getBytes(ISO_8859_1), ISO_8859_1, MAX_BYTES));
        assertEquals("\u20ac \ufffd", BodyFormat.decode("\u20ac \ufffd".getBytes(UTF_8), UTF_8, MAX_BYTES));
    }

    @Test
    void refusesAnInvalidEmptyOrTooLargeBody() {
        assertEquals(400, refusal(new byte[] {'a', (byte) 0xC3, '('}, UTF_8));
        assertEquals(400, refusal(new byte[] {'a', (byte) 0xC3}, US_ASCII));
        assertEquals(400, refusal(new byte[] {'a'}, UTF_16LE));
        assertEquals(400, refusal(new byte[] {0x00, (byte) 0xD8}, UTF_16LE));
        assertEquals(400, refusal(new byte[0], UTF_8));
        assertEquals(413, refusal("\u00e9".repeat(6).getBytes(ISO_8859_1), ISO_8859_1));
        assertEquals("x".repeat(10), BodyFormat.decode("x".repeat(10).getBytes(ISO_8859_1), ISO_8859_1, MAX_BYTES));
    }

    private static int refusal(byte[] body, Charset charset) {
        return assertThrows(ProblemException.class, () -> BodyFormat.decode(body, charset, MAX_BYTES))
                .problem()
                .status();
    }

    private static ProblemException refusal(HttpServletRequest request) {
        return assertThrows(ProblemException.class, () -> BodyFormat.parseCharset(request));
    }

    private static HttpServletRequest request(@Nullable String type, String... codings) {
        return InterfaceFake.create(HttpServletRequest.class, (name, given) -> {
            assertEquals("getHeaders", name, "Payara changes the result of other methods");
            boolean isType = given[0].equals("Content-Type");
            return Collections.enumeration(isType ? Stream.ofNullable(type).toList() : List.of(codings));
        });
    }
}
