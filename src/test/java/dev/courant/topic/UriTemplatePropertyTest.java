package dev.courant.topic;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class UriTemplatePropertyTest {

    @Provide
    Arbitrary<String> operators() {
        return Arbitraries.of("", "+", "#", ".", "/", ";", "?", "&");
    }

    @Provide
    Arbitrary<List<String>> variables() {
        return Arbitraries.of("a", "b_1", "c.d", "e*", "f:1", "g:3", "h*")
                .list()
                .uniqueElements()
                .ofMinSize(1)
                .ofMaxSize(3);
    }

    @Property(tries = 20_000)
    void matchesItsExpansions(
            @ForAll("operators") String operator, @ForAll("variables") List<String> variables, @ForAll long seed) {
        String expansion = new TemplateExpansion(seed).expand(operator, variables);
        UriTemplate template = UriTemplate.of("x{" + operator + String.join(",", variables) + "}(y)");
        assertTrue(template.matches("x" + expansion + "(y)"), expansion);
        assertFalse(template.matches("x" + expansion + "(z)"), expansion);
        assertFalse(template.matches("x" + expansion + " (y)"), expansion);
    }
}
