package dev.courant.topic;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.courant.urlpattern.WebUrl;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Malformed patterns, each with a part of the expected error message. */
class MalformedUrlPatternTest {

    private static final WebUrl HUB = Objects.requireNonNull(WebUrl.parse("https://example.com/hub", null));

    @ParameterizedTest
    @CsvSource(delimiterString = "  ", quoteCharacter = '\1', textBlock = """
            /(a  '(' has no matching ')'
            /()  a group is empty
            /(?a)  '(' has no matching ')'
            /((a))  does not begin with '(?:'
            /(\u00E9)  a non-ASCII character
            /{a  '{' has no matching '}'
            /{:a:b}  more than one group
            /a}  unexpected character
            /{:}  is not followed by a name
            /:  '/' is not a valid protocol
            /\\:a  write any other colon as '{\\:}'
            /a\\  is not followed by a character
            /+  unexpected character
            /:a/:a  two groups have the name 'a'
            https://a b/  in the hostname
            https://a|b/  'a|b' is not a valid host
            https://[\\:g]/  is not part of an IPv6 address
            https://h:99999/  in the port
            1a://h/  in the protocol
            /:a.b/../c  removes its first segment
            /((?=a)a)  lookahead
            /((?<!a)b)  lookahead and lookbehind
            /(a\\1)  backreferences
            /((?<a>b)\\k<a>)  backreferences
            /((?<a>b)|(?<a>c))  two groups have the name 'a'
            /((?P<a>b))  does not begin with '(?:'
            /((?-:b))  does not begin with '(?:'
            /(*a)  nothing that can be repeated
            /(a**)  nothing that can be repeated
            /(a{2}{3})  nothing that can be repeated
            /(^*a)  nothing that can be repeated
            /(a{3,2})  is not a valid quantifier
            /(a{x})  is not a valid quantifier
            /(a{1001})  the maximum of 1000
            /(a])  escaped as '\\]'
            /(\\a)  '\\a' is not a valid escape
            /(\\Qa\\E)  '\\Q' is not a valid escape
            /(\\pL)  '{' is missing
            /(\\p{Greek})  the property 'Greek'
            /([a)  it ends unexpectedly
            /([b-a])  in the wrong order
            /([\\d-z])  begins with a character set
            /([a-])  escaped as '\\]'
            /([/])  escaped as '\\/'
            /([a--b])  subtraction of classes
            /([a&&b])  intersection of classes
            /([[a]b])  nested classes
            /([!!])  '!!' is not allowed in a class
            /(\\u{110000})  not followed by a code point
            /(\\xg0)  hexadecimal
            """)
    void rejectsWithReason(String pattern, String reason) {
        String message = assertThrows(IllegalArgumentException.class, () -> UrlPatternSelector.of(pattern, HUB))
                .getMessage();
        assertTrue(message.contains(reason), message);
        assertTrue(message.contains("of the URL pattern, "), message);
    }
}
