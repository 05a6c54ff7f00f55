package dev.courant.urlpattern;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** URLs as browsers parse them, with the base {@code https://u@hub.example/a/b?q#f}. */
class WebUrlTest {

    private static final WebUrl BASE = WebUrl.parse("https://u@hub.example/a/b?q#f", null);

    @ParameterizedTest
    @CsvSource(delimiterString = " -> ", quoteCharacter = '\1', textBlock = """
            HTTP://EXAMPLE.com:80/ -> http://example.com/
            https:\\\\example.com\\a -> https://example.com/a
            https:////example.com -> https://example.com/
            https:x -> https://u@hub.example/a/x
            c -> https://u@hub.example/a/c
            ../../c -> https://u@hub.example/c
            ?x -> https://u@hub.example/a/b?x
            #y -> https://u@hub.example/a/b?q#y
            //other/x -> https://other/x
            /x/%2e%2E/y/.%2e/./z/. -> https://u@hub.example/z/
            /a b<`{}^|\u00E9?'\u00E9 "#` x -> https://u@hub.example/a%20b%3C%60%7B%7D%5E|%C3%A9?%27%C3%A9%20%22#%60%20x
            https://u:p:q@x@h/ -> https://u:p%3Aq%40x@h/
            https://h:00443/ -> https://h/
            https://h:65535/ -> https://h:65535/
            https://0x7f.1/ -> https://127.0.0.1/
            https://017700000001/ -> https://127.0.0.1/
            https://[0:0:0:1::ffff]/ -> https://[::1:0:0:0:ffff]/
            https://[::ffff:127.0.0.1]/ -> https://[::ffff:7f00:1]/
            https://[1:0:0:2:0:0:0:3]/ -> https://[1:0:0:2::3]/
            https://ex%41mple.com/ -> https://example.com/
            https://b\u00FCcher.EXAMPLE/ -> https://xn--bcher-kva.example/
            https://\u00E9\uFF0E\u3002x/ -> https://xn--9ca..x/
            urn:isbn:1 ?q#f -> urn:isbn:1%20?q#f
            foo://H%zz/../a -> foo://H%zz/a
            foo:/.//x -> foo:/.//x
            foo:a/../b -> foo:a/../b
            file:///C|/../x -> file:///C:/x
            file://localhost/x -> file:///x
            file:c -> file:///c
            a:/\\.. -> a:/\\..
            """)
    void normalizesText(String text, String href) {
        assertEquals(href, String.valueOf(WebUrl.parse(text, BASE)));
        assertEquals(WebUrl.parse(text, BASE), WebUrl.parse(href, null), "parsing it again changes nothing");
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '\1', textBlock = """
            https://
            https://@/
            https://u@:80/
            https://h:65536/
            https://h:8a/
            https://h h/
            https://h|h/
            https://%00/
            https://1.2.3.4.5/
            https://256.1.1.1/
            https://09.1/
            https://[::1
            https://[1:2:3:4:5:6:7]/
            https://[::1::]/
            https://[::01.2.3.4]/
            https://[:1]/
            https://fa\u00DF.example/
            https://\u2100.example/
            foo://h|h/
            //[x]
            """)
    void rejectsInvalidUrls(String text) {
        assertNull(WebUrl.parse(text, BASE));
    }

    @Test
    void returnsItsComponents() {
        WebUrl url = WebUrl.parse("wss://u:p@[::1]:8443/a//b/?q=1?#f#g", null);
        assertEquals(new WebUrl("wss", "u", "p", "[::1]", 8443, "/a//b/", false, "q=1?", "f#g"), url);
    }

    @Test
    void distinguishesEmptyQueryFromAbsentQuery() {
        assertEquals(new WebUrl("foo", "", "", null, null, "", true, "", ""), WebUrl.parse("foo:?#", null));
        assertEquals(new WebUrl("foo", "", "", null, null, "", true, null, null), WebUrl.parse("foo:", null));
    }

    @Test
    void removesTabsNewlinesAndSurroundingControls() {
        assertEquals("https://h/ab%01c", String.valueOf(WebUrl.parse(" \0https:\t//h/a\r\nb\1c\37 ", null)));
    }

    @Test
    void replacesUnpairedSurrogates() {
        assertEquals("foo:%EF%BF%BD", String.valueOf(WebUrl.parse("foo:\uD800", null)));
    }

    @Test
    void requiresBaseForRelativeUrls() {
        assertNull(WebUrl.parse("/a", null));
        assertNull(WebUrl.parse("a", WebUrl.parse("urn:x", null)));
        assertEquals("urn:x#a", String.valueOf(WebUrl.parse("#a", WebUrl.parse("urn:x#b", null))));
    }

    @Test
    void keepsDriveLetterOfFileUrls() {
        WebUrl base = WebUrl.parse("file://host/C:/a/b", null);
        assertEquals("file://host/C:/x", String.valueOf(WebUrl.parse("/x", base)));
        assertEquals("file://host/C:/x", String.valueOf(WebUrl.parse("../../../x", base)));
        assertEquals("file://host/D:/x", String.valueOf(WebUrl.parse("D|/x", WebUrl.parse("file://host/a", null))));
    }
}
