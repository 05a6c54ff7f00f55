package dev.courant.topic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests with one case a line: a template, one of its expansions, and a topic that is not an expansion. */
class UriTemplateTest {

    @ParameterizedTest
    @CsvSource(delimiterString = "  ", quoteCharacter = '\1', textBlock = """
            /books/{id}  /books/1  /books/1/2
            /books/{id}  /books/  /book/1
            /books/{id}  /books/a%2Fb~._-,c  /books/a:b
            /books/{id}  /books/%C3%A9  /books/%zz
            /books/{id}.json  /books/1.json  /books/1xjson
            /a.b*(c)$[d]+  /a.b*(c)$[d]+  /aXb*(c)$[d]+
            {x,y}  1,2  1;2
            {x:3}  abc  abcd
            {x:2}  %C3%A9a  %C3%A9ab
            {x:2,y:2}  ab,cd  abc
            {+path}/here  /foo/bar/here  /foo bar/here
            {+x,y}  a,b?c#d  %
            {#x}  #a/b,c  a
            x{#y}  x  x%23
            X{.a,b}  X.1.2  X,1
            X{.a*}  X.k=1.l=2  X.k=1,l=2
            {/a,b}  /1/2  1/2
            {/a}  /1,2  /1/2
            {/a*}/x  /1/2/x  1/x
            {/a*}/x  /x  /
            {;x,y}  ;x=1;y  ;x=1;y=
            {;x}  ;x=1,2  ;z=1
            {;x*}  ;k=1;l  ,k=1
            {?x,y}  ?x=1&y=  ?y=1&x=2
            {?x,y}  ?y=1  &y=1
            {?x*}  ?k=1&l=2  ?k
            ?fixed=1{&x}  ?fixed=1&x=2  ?fixed=1?x=2
            {?x.y}  ?x.y=1  ?xay=1
            {?%41}  ?%41=1  ?A=1
            /caf\u00E9/{x}  /caf\u00E9/1  /cafe/1
            /caf\u00E9/{x}  /caf%C3%A9/1  /caf%C3/1
            """)
    void matchesItsExpansions(String template, String expansion, String other) {
        UriTemplate compiled = UriTemplate.of(template);
        assertTrue(compiled.matches(expansion), () -> expansion + " does not match");
        assertFalse(compiled.matches(other), () -> other + " matches");
    }

    @Test
    void matchesItsOwnText() {
        assertTrue(UriTemplate.of("/books/{id:3}").matches("/books/{id:3}"));
        assertFalse(UriTemplate.of("/books/{id:3}").matches("/books/{id:4}"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{", "}", "{}", "{a", "a}", "{a,}", "{,a}", "{a b}", "{a:0}", "{a:01}", "{a:10000}", "{a:1*}", "{a**}",
                "{=a}", "{!a}", "{@a}", "{|a}", "{-a}", "{a.}", "{.}", "{a..b}", "{%4}", "{\u00E9}", "a b", "a\"b", "<",
                ">", "\\", "^", "`", "%", "%4", "%zz", "\n", "\u007F", "{{a}}"
            })
    void rejectsMalformedTemplates(String text) {
        String message = assertThrows(IllegalArgumentException.class, () -> UriTemplate.of(text))
                .getMessage();
        assertTrue(message.startsWith("in the URI template, "), message);
    }

    @Test
    void equalsTemplateOfTheSameText() {
        assertEquals(UriTemplate.of("/{a}"), UriTemplate.of("/{a}"));
        assertEquals(UriTemplate.of("/{a}").hashCode(), UriTemplate.of("/{a}").hashCode());
        assertNotEquals(UriTemplate.of("/{a}"), UriTemplate.of("/{b}"));
    }
}
