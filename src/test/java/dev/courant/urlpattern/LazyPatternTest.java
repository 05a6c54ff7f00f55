package dev.courant.urlpattern;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Objects;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** Tests that an expression is compiled at its first match, and that no accepted expression is rejected then. */
class LazyPatternTest {

    private static final WebUrl HUB = Objects.requireNonNull(WebUrl.parse("https://example.com/hub", null));

    @Test
    void compilesAtFirstMatch() {
        LazyPattern malformed = new LazyPattern("(");
        assertThrows(IllegalArgumentException.class, () -> malformed.matches("a"));
        LazyPattern valid = new LazyPattern("a+");
        assertTrue(valid.matches("a") && valid.matches("aa"));
    }

    @Provide
    Arbitrary<String> regexps() {
        Arbitrary<String> tokens = Arbitraries.of(
                ("(?: ) | [ [^ ] - { } {2 ,1} {0,} {3} {1,0} * + ? ^ $ . \\b \\d \\W \\ x 41 a b f : & ~ \\v \\- [b-a]")
                        .split(" "));
        return tokens.list().ofMaxSize(8).map(list -> String.join("", list));
    }

    /** A subscription is rejected when it begins; later its pattern must compile. */
    @Property(tries = 10_000)
    void compilesEveryAcceptedExpression(@ForAll("regexps") String regexp) {
        UrlPattern pattern;
        try {
            pattern = UrlPattern.of("/(" + regexp + ")", HUB);
        } catch (IllegalArgumentException rejected) {
            return;
        }
        assertDoesNotThrow(() -> pattern.matches(HUB));
    }
}
