package dev.courant.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.courant.http.FormParameters.Pair;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FormParametersTest {

    @ParameterizedTest
    @CsvSource({
        "a=b, a, b",
        "a, a, ''",
        "a=, a, ''",
        "=b, '', b",
        "a==b, a, =b",
        "a+b=c+d, a b, c d",
        "%61=%62, a, b",
        "a=%E2%82%AC, a, \u20ac",
        "a=%e2%82%ac, a, \u20ac",
        "a=\u20ac, a, \u20ac",
        "a=%, a, %",
        "a=%2, a, %2",
        "a=%zz, a, %zz",
        "a=%25zz, a, %zz",
        "a=%2B, a, +",
        "a=b;c=d, a, b;c=d"
    })
    void decodesNamesAndValuesByTheStandard(String text, String name, String value) {
        assertEquals(
                List.of(new Pair(name, value)),
                FormParameters.parse(text.getBytes(UTF_8), UTF_8).pairs());
    }

    @Test
    void decodesAnotherCharset() {
        assertEquals(
                List.of(new Pair("\u00e9", "\u00fc")),
                FormParameters.parse("\u00e9=%FC".getBytes(ISO_8859_1), ISO_8859_1)
                        .pairs());
    }

    @Test
    void keepsOrderOfEqualNames() {
        FormParameters form = FormParameters.parseQuery("&topic=b&x=1&&topic=a&TOPIC=c&topic=b&");

        assertEquals(List.of("b", "a", "b"), form.getAll("topic"));
        assertEquals("b", form.getFirst("topic"));
        assertNull(form.getFirst("none"));
        assertEquals(List.of(), FormParameters.parseQuery(null).pairs());
    }

    @ParameterizedTest
    @ValueSource(strings = {"a=%C3%28", "%ff=a", "a=%ED%A0%80", "a=%C0%80", "a=%F8%88%80%80%80", "a=%E2%82"})
    void rejectsMalformedText(String text) {
        assertThrows(IllegalArgumentException.class, () -> FormParameters.parse(text.getBytes(UTF_8), UTF_8));
        assertThrows(
                IllegalArgumentException.class, () -> FormParameters.parse("a=\u00ff".getBytes(ISO_8859_1), UTF_8));
    }

    @Test
    void limitsNumberOfPairs() {
        assertEquals(
                FormParameters.MAX_PAIRS,
                FormParameters.parseQuery("a&".repeat(FormParameters.MAX_PAIRS))
                        .pairs()
                        .size());
        assertThrows(
                IllegalArgumentException.class,
                () -> FormParameters.parseQuery("a&".repeat(FormParameters.MAX_PAIRS + 1)));
    }
}
