package dev.courant.topic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.courant.urlpattern.WebUrl;
import java.util.List;
import java.util.Objects;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Property tests with patterns of random text. */
class UrlPatternSelectorPropertyTest {

    private static final WebUrl HUB = Objects.requireNonNull(WebUrl.parse("https://example.com/hub", null));

    @Provide
    Arbitrary<String> patterns() {
        List<String> pieces = List.of(
                "https",
                "://",
                ":",
                "/",
                "{",
                "}",
                "(",
                ")",
                "?",
                "*",
                "+",
                "\\",
                "[",
                "]",
                ":a",
                ":b",
                "(.*)",
                "(?:",
                "#",
                "@",
                "a",
                "b.c",
                "..",
                "\u00E9",
                "\uD83D\uDE00",
                "\uD800",
                "|",
                "^",
                "$",
                "{2,3}",
                "-",
                " ",
                "%2e");
        return Arbitraries.of(pieces).list().ofMaxSize(14).map(list -> String.join("", list));
    }

    @Property(tries = 20_000)
    void compilesOrRejectsWithMessage(@ForAll("patterns") String pattern, @ForAll("patterns") String topic) {
        try {
            UrlPatternSelector compiled = UrlPatternSelector.of(pattern, HUB);
            assertEquals(compiled.matchesUncached(topic), compiled.matches(topic));
            assertEquals(compiled.matchesUncached(topic), compiled.matches(topic), "from the cache");
        } catch (IllegalArgumentException malformed) {
            assertTrue(malformed.getMessage().startsWith("in the "), malformed.getMessage());
            assertFalse(malformed.getMessage().contains("null"), malformed.getMessage());
        }
    }

    @Property
    void matchesOnlyItselfAsEscapedPath(@ForAll("paths") String path, @ForAll("paths") String other) {
        UrlPatternSelector pattern = UrlPatternSelector.of(path.replaceAll("[{}()*+?:\\\\]", "{\\\\$0}"), HUB);
        assertTrue(pattern.matches(path));
        WebUrl one = WebUrl.parse(path, HUB);
        assertEquals(one != null && one.equals(WebUrl.parse(other, HUB)), pattern.matches(other));
    }

    @Provide
    Arbitrary<String> paths() {
        return Arbitraries.strings()
                .withChars("ab{}()*+:.$^[]|'\u00E9 -")
                .ofMinLength(1)
                .ofMaxLength(4)
                .filter(segment -> !segment.isBlank() && !segment.endsWith(" "))
                .map(segment -> "/" + segment);
    }
}
