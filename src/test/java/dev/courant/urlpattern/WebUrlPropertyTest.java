package dev.courant.urlpattern;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Property tests: any text is parsed to a URL in its canonical form, or is not a URL. */
class WebUrlPropertyTest {

    private static final WebUrl BASE = WebUrl.parse("https://example.com/a/b?q#f", null);

    @Provide
    Arbitrary<String> texts() {
        List<String> pieces = List.of(
                "https:",
                "file:",
                "foo:",
                "/",
                "//",
                "\\",
                "..",
                ".",
                "%2e",
                "?",
                "#",
                "@",
                ":",
                "[",
                "]",
                "::1",
                "C|",
                "a",
                "B",
                "0x7f",
                "1",
                "%",
                "%zz",
                " ",
                "\t",
                "\u00E9",
                "\u00DF",
                "\uD83D\uDE00",
                "\uD800",
                "\0",
                "|");
        return Arbitraries.of(pieces).list().ofMaxSize(12).map(list -> String.join("", list));
    }

    @Property(tries = 20_000)
    void parsesItsOwnOutputUnchanged(@ForAll("texts") String text) {
        WebUrl url = WebUrl.parse(text, BASE);
        if (url != null) {
            assertEquals(url, WebUrl.parse(url.toString(), null));
            assertTrue(url.toString().chars().allMatch(each -> each >= ' ' && each < 0x7F), url.toString());
        }
    }

    @Property
    void acceptsAnyText(@ForAll String text) {
        WebUrl url = WebUrl.parse(text, BASE);
        assertTrue(url == null || url.equals(WebUrl.parse(url.toString(), BASE)));
    }
}
