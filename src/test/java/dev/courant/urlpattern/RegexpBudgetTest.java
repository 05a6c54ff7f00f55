package dev.courant.urlpattern;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.courant.topic.UriTemplate;
import dev.courant.topic.UrlPatternSelector;
import java.util.Objects;
import java.util.function.Supplier;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** Tests that no pattern compiles to a large program, whatever its repetitions. */
class RegexpBudgetTest {

    private static final WebUrl HUB = Objects.requireNonNull(WebUrl.parse("https://example.com/hub", null));

    @Test
    void rejectsLargeRepetitions() {
        assertTooLarge(() -> UrlPatternSelector.of("/((?:(?:a{100}){100}){100})", HUB));
        assertTooLarge(() -> UrlPatternSelector.of("/((?:(?:){1000}){1000})", HUB));
        assertTooLarge(() -> UrlPatternSelector.of("/((?:.?){500}a{500})", HUB));
        assertTooLarge(() -> UrlPatternSelector.of("/" + "(.{400})".repeat(9), HUB));
        assertTooLarge(() -> UrlPatternSelector.of("/" + "(.+)+".repeat(200), HUB));
        assertTooLarge(() -> UrlPatternSelector.of("/(" + "a|".repeat(2_000) + ")", HUB));
        assertTooLarge(() -> UriTemplate.of("/{a" + ",a".repeat(500) + "}"));
        assertTooLarge(() -> UriTemplate.of("{a*}".repeat(250)));
        assertTooLarge(() -> UriTemplate.of("{a:999}"));
        assertTooLarge(() -> UriTemplate.of("{a:9999}"));
    }

    @Test
    void rejectsDeepNesting() {
        assertThrows(
                IllegalArgumentException.class,
                () -> UrlPatternSelector.of("/(" + "(?:".repeat(5_000) + "a" + ")".repeat(5_000) + ")", HUB));
    }

    @Test
    void acceptsOrdinaryPatterns() {
        String hex = "[0-9a-f]";
        UrlPatternSelector.of("/:id(" + hex + "{8}-" + (hex + "{4}-").repeat(3) + hex + "{12})/*", HUB);
        UrlPatternSelector.of("/" + "a".repeat(1_000), HUB);
        UrlPatternSelector.of("/:a/:b/:c/:d?/:e*#:f", HUB);
        UriTemplate.of("https://example.com/{a,b,c}{/d*}{?e,f,g:3,h*}{#i}");
    }

    @Provide
    Arbitrary<String> regexps() {
        Arbitrary<String> atoms = Arbitraries.of("a", ".", "[a-z]", "\\d", "[^b]", "");
        Arbitrary<String> quantifiers = Arbitraries.of("", "*", "+?", "?", "{3}", "{0,7}", "{2,}", "{20}");
        return Arbitraries.recursive(
                () -> atoms,
                inner -> Combinators.combine(inner, quantifiers, atoms, Arbitraries.of("|", ""))
                        .as((group, times, atom, joint) -> "(?:" + group + ")" + times + joint + atom),
                0,
                6);
    }

    @Property
    void neverUnderestimatesTheProgramSize(@ForAll("regexps") String regexp) {
        RegexpBudget budget = new RegexpBudget();
        LinearRegexp out = new LinearRegexp(budget);
        try {
            RegexpGroup.append(regexp, out);
        } catch (IllegalArgumentException tooLarge) {
            assertTrue(budget.spent() > RegexpBudget.MAX_COST, tooLarge.getMessage());
            return;
        }
        int fixedInstructions = 3;
        assertTrue(out.build().compile().programSize() <= budget.spent() + fixedInstructions, regexp);
    }

    private static void assertTooLarge(Supplier<?> pattern) {
        String message =
                assertThrows(IllegalArgumentException.class, pattern::get).getMessage();
        assertTrue(message.contains("too large"), message);
    }
}
