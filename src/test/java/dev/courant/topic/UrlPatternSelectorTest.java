package dev.courant.topic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.courant.urlpattern.WebUrl;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests with one case a line: a pattern, a topic that matches, and a topic that does not match. */
class UrlPatternSelectorTest {

    private static final WebUrl HUB = hub("https://example.com/.well-known/mercure");

    @ParameterizedTest
    @CsvSource(
            delimiterString = "  ",
            quoteCharacter = '\1',
            ignoreLeadingAndTrailingWhitespace = true,
            textBlock = """
            /books/:id  /books/1  /books/1/2
            /books/:id  https://example.com/books/1  https://example.org/books/1
            /books/:id  /books/1?q#f  http://example.com/books/1
            /books/:id  /x/../books/1  /Books/1
            https://example.com/books/:id  /books/1  /books/
            https://EXAMPLE.com/*  https://example.COM/  https://example.com:8443/
            https://example.com:443/*  https://example.com/  https://example.com:80/
            https://example.com:*/*  https://example.com:8443/  http://example.com/
            http://example.com:443/  http://example.com:443/  http://example.com/
            https://*.example.com/*  https://a.b.example.com/  https://example.com/
            https://:one.example.com/*  https://a.example.com/  https://a.b.example.com/
            https://[\\:\\:1]/*  https://[0:0::1]/  https://[::2]/
            https://b\u00FCcher.example/*  https://xn--bcher-kva.example/  https://bucher.example/
            https://u\\:p@example.com/  https://u:p@example.com/  https://u:q@example.com/
            http{s}?://example.com/  http://example.com/  ftp://example.com/
            *://example.com/  https://example.com/  urn:x
            urn\\:isbn\\:*  urn:isbn:1/2  urn:issn:1
            /a/:b?  /a  /a/
            /a:b?  /a  /
            /(a+?b??)  /aab  /b
            https://example.com?q  https://example.com/?q  https://example.com/x?q
            /a/{:b}?  /a/  /a
            /a/:b+  /a/1/2/3  /a
            /a/:b*  /a  /a/
            {/a}*  /a/a  /b
            /{:a-}+x  /1-2-x  /x
            /a{/:b.json}*  /a/1.json/2.json  /a/1
            /(\\d+)  /12  /1a
            /:year(\\d{4})/*  /2026/  /26/
            /(a|b)c  /bc  /bd
            /{\\:}id  /:id  /1
            /\\{id\\}  /{id}  /id
            /a%2Fb  /a%2Fb  /a/b
            /caf\u00E9  /caf%C3%A9  /caf%c3%a9
            /a?b=:c  /a?b=1  /a
            /a\\?b  /a?b  /a
            /a*?b  /axb  /a
            #x  #x  /#x
            ?q  ?q  ?r
            sub/*  sub/x  /sub/x
            ../x  /x  /.well-known/x
            /((?:))  /  /a
            /([^\\/]+)  /a  /a/b
            /([A-Z]\\w)  /Ab  /ab
            /(\\x61\\w[\\-\\x64^\\d])  /ab-  /abc
            /([^^a]+|$)  /b  /a
            """)
    void matchesTopic(String pattern, String matching, String other) {
        UrlPatternSelector compiled = UrlPatternSelector.of(pattern, HUB);
        assertTrue(compiled.matches(matching), () -> matching + " does not match");
        assertFalse(compiled.matches(other), () -> other + " matches");
    }

    @Test
    void inheritsSchemeAndPortButNoUserFromHub() {
        UrlPatternSelector pattern = UrlPatternSelector.of("/x", hub("http://u:p@example.com:8080/hub"));
        assertTrue(pattern.matches("http://other@example.com:8080/x"));
        assertTrue(pattern.matches("/x"));
        assertFalse(pattern.matches("http://example.com/x"));
    }

    @Test
    void inheritsHubPathLiterally() {
        assertTrue(
                UrlPatternSelector.of("?q", hub("https://example.com/a(b)*:c")).matches("?q"));
        assertFalse(UrlPatternSelector.of("?q", hub("https://example.com/a*")).matches("/ab?q"));
    }

    @Test
    void doesNotMatchTopicThatIsNotAUrl() {
        assertFalse(UrlPatternSelector.of("*://*:*/*", HUB).matches("https://["));
    }

    @Test
    void returnsSameResultFromCache() {
        UrlPatternSelector pattern = UrlPatternSelector.of("/books/:id", HUB);
        for (int round = 0; round < 3; round++) {
            for (int each = 0; each < 1_000; each++) {
                assertTrue(pattern.matches("/books/" + each));
                assertFalse(pattern.matches("/books/" + each + "/x"));
            }
        }
    }

    @Test
    void equalsPatternOfTheSameTextAndHub() {
        assertEquals(UrlPatternSelector.of("/a", HUB), UrlPatternSelector.of("/a", HUB));
        assertEquals(
                UrlPatternSelector.of("/a", HUB).hashCode(),
                UrlPatternSelector.of("/a", HUB).hashCode());
        assertNotEquals(UrlPatternSelector.of("/a", HUB), UrlPatternSelector.of("/b", HUB));
        assertNotEquals(UrlPatternSelector.of("/a", HUB), UrlPatternSelector.of("/a", hub("https://example.org/hub")));
    }

    private static WebUrl hub(String url) {
        return Objects.requireNonNull(WebUrl.parse(url, null));
    }
}
