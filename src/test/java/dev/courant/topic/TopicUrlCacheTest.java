package dev.courant.topic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.courant.event.TopicForm;
import dev.courant.urlpattern.WebUrl;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TopicUrlCacheTest {

    private static final WebUrl HUB = Objects.requireNonNull(WebUrl.parse("https://example.com/hub", null));

    @Test
    void parsesATopicOnceForAllPatterns() {
        List<String> parsed = new ArrayList<>();
        TopicUrlCache urls = new TopicUrlCache(HUB, (topic, base) -> {
            parsed.add(topic);
            return WebUrl.parse(topic, base);
        });
        List<UrlPatternSelector> patterns = IntStream.range(0, 100)
                .mapToObj(n -> UrlPatternSelector.of("https://*.example/:a/" + (n % 2 == 0 ? "x" : "*"), urls))
                .toList();
        String topic = "https://h.example/" + "q".repeat(3_000) + "/x";

        assertTrue(patterns.stream().allMatch(pattern -> pattern.matches(topic)));
        patterns.forEach(pattern -> pattern.matches("http://["));
        assertEquals(List.of(topic, "http://["), parsed);
    }

    @Test
    void returnsNullForTopicThatIsNotAUrl() {
        assertNull(new TopicUrlCache(HUB).convert("http://["));
    }

    @ParameterizedTest
    @CsvSource({
        "https://h1.example/:a/*, https://h1.example:/",
        "https://h1.example/q/:a, https://h1.example:/q/",
        "https://h1.example/q{/:a}?, https://h1.example:/q",
        "https://h1.example/q(x|y), https://h1.example:/q",
        "https://h1.example:8080/q, https://h1.example:8080/q",
        "https://h1.example:*/q, https://h1.example:",
        "https://*.example/q, https://",
        "http{s}?://h1.example/, http",
        "/books/:id, https://example.com:/books/",
        "urn\\:isbn\\:*, urn://:isbn:",
        "*://h1.example/*, ''",
    })
    void computesPrefixOfPattern(String pattern, String prefix) {
        assertEquals(prefix, UrlPatternSelector.of(pattern, HUB).prefix());
    }

    @ParameterizedTest
    @CsvSource({"https://h.example/{id}, https://h.example/", "/b\u00FCcher/{id}, /b", "{+any}, ''"})
    void computesPrefixOfTemplate(String template, String prefix) {
        assertEquals(prefix, UriTemplate.of(template).prefix());
        assertEquals(TopicForm.NAME, UriTemplate.of(template).form());
    }

    @Property(tries = 5_000)
    void prefixStartsEveryMatchingTopic(@ForAll("patterns") String pattern, @ForAll("topics") String topic) {
        UrlPatternSelector compiled;
        try {
            compiled = UrlPatternSelector.of(pattern, HUB);
        } catch (IllegalArgumentException malformed) {
            return;
        }
        assertEquals(compiled.matchesUncached(topic), compiled.matches(topic), () -> compiled.prefix());
    }

    @Provide
    Arbitrary<String> patterns() {
        return pieces(
                List.of("https://", "http{s}?://", "*://", "ftp://u@", "", "//"),
                List.of("a.b", "*.b", ":h.b", "(a|c).b", "{a.}?b", "{a.}+b", "\u00E9.b", "[::1]"),
                List.of("", ":443", ":8080", ":*", ":80{80}?"),
                List.of(
                        "/", "/a", "/{a}?", "/:a", "/:a?", "/(a|b)", "/*", "/a+", "{/a}+", "/\u00E9", "/%2e", "/a.",
                        "?q", "#f"));
    }

    @Provide
    Arbitrary<String> topics() {
        return pieces(
                List.of("https://", "HTTP://", "http://", "ftp://u@", "", "//"),
                List.of("a.b", "A.b", "c.b", "b", "a.a.b", "\u00E9.b", "[0:0::1]"),
                List.of("", ":443", ":8080", ":80"),
                List.of("/", "/a", "/b", "/aa", "/\u00E9", "/./a", "/../a", "?q", "#f", "\\a"));
    }

    private static Arbitrary<String> pieces(
            List<String> schemes, List<String> hosts, List<String> ports, List<String> paths) {
        Arbitrary<String> path = Arbitraries.of(paths).list().ofMaxSize(3).map(list -> String.join("", list));
        return Combinators.combine(Arbitraries.of(schemes), Arbitraries.of(hosts), Arbitraries.of(ports), path)
                .as((scheme, host, port, rest) -> scheme.isEmpty() ? rest : scheme + host + port + rest);
    }
}
