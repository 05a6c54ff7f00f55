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
            /((?<a>b)\\k<a>)  named groups
            /((?<a>b)|(?<a>c))  named groups
            /((?P<a>b))  does not begin with '(?:'
            /((?-:b))  does not begin with '(?:'
            /((?i:a)b)  does not begin with '(?:'
            /((?:a)(?im:b))  begin with '(?:' is not supported: '(?im:b)'
            /(*a)  nothing that can be repeated
            /(a**)  nothing that can be repeated
            /(a{2}{3})  nothing that can be repeated
            /(^*a)  nothing that can be repeated
            /(\\b+)  nothing that can be repeated
            /(a{3,2})  minimum of a quantifier exceeds its maximum: '{3,2}'
            /(a{x})  is not a valid quantifier
            /(a{,2})  is not a valid quantifier
            /(a{02})  is not a valid quantifier
            /(a{1001})  too large; use fewer repetitions
            /(a])  '}' or ']' must be escaped
            /(a})  '}' or ']' must be escaped
            /(\\a)  is not a valid escape sequence, or it is not supported: '\\a'
            /(\\Qa\\E)  is not a valid escape
            /(\\-)  is not a valid escape
            /(\\0)  is not a valid escape
            /(\\cA)  is not a valid escape
            /(\\pL)  properties are not supported
            /(\\p{Greek})  properties are not supported
            /(\\p{Lu}\\w)  properties are not supported
            /([a)  class is malformed
            /([b-a])  invalid character class range: `b-a`
            /([\\x61\\-a-\\f])  invalid character class range: `a-\\f`
            /([\\d-z])  class is malformed
            /([a-])  escape ( ) [ ] { } / - |
            /([/])  escape ( ) [ ] { } / - |
            /([\\b])  class is malformed or not supported
            /([\\p{L}])  class is malformed or not supported
            /([\\q{ab}])  class is malformed or not supported
            /([])  empty classes
            /([^])  empty classes
            /([a--b])  subtraction of classes
            /([a&&b])  intersection of classes
            /([[a]b])  nested classes
            /([!!])  doubled punctuation
            /(\\u0061)  is not a valid escape sequence, or it is not supported
            /(\\u{110000})  is not a valid escape sequence, or it is not supported
            /(\\xg0)  is not a valid escape sequence
            """)
    void rejectsWithReason(String pattern, String reason) {
        String message = assertThrows(IllegalArgumentException.class, () -> UrlPatternSelector.of(pattern, HUB))
                .getMessage();
        assertTrue(message.contains(reason), message);
        assertTrue(message.contains("of the URL pattern, "), message);
    }
}
