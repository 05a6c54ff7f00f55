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
            /(a  not closed
            /()  a group is empty
            /(?a)  not closed
            /((a))  begins with '(?:'
            /(\u00E9)  in ASCII
            /{a  not closed
            /{:a:b}  more than one group
            /a}  has no meaning
            /{:}  begins no name
            /:  no protocol is written '/'
            /\\:a  stands in braces
            /a\\  escapes nothing
            /+  has no meaning
            /:a/:a  two groups have the name 'a'
            https://a b/  in the hostname
            https://a|b/  no host is written 'a|b'
            https://[\\:g]/  no IPv6 address
            https://h:99999/  in the port
            1a://h/  in the protocol
            /:a.b/../c  two dots leave
            /((?=a)a)  looking ahead
            /((?<!a)b)  looking ahead or behind
            /(a\\1)  references back
            /((?<a>b)\\k<a>)  references back
            /((?<a>b)|(?<a>c))  two groups have the name 'a'
            /((?P<a>b))  begins with '(?:'
            /((?-:b))  begins with '(?:'
            /(*a)  nothing to repeat
            /(a**)  nothing to repeat
            /(a{2}{3})  nothing to repeat
            /(^*a)  nothing to repeat
            /(a{3,2})  no number of repetitions
            /(a{x})  no number of repetitions
            /(a{1001})  up to 1000
            /(a])  closes nothing
            /(\\a)  '\\a' has no meaning
            /(\\Qa\\E)  '\\Q' has no meaning
            /(\\pL)  '{' is missing
            /(\\p{Greek})  the property 'Greek'
            /([a)  ends too early
            /([b-a])  ends before it begins
            /([\\d-z])  begins with a set
            /([a-])  written '\\]'
            /([/])  written '\\/'
            /([a--b])  subtracting classes
            /([a&&b])  intersecting classes
            /([[a]b])  a class within a class
            /([!!])  '!!' in a class
            /(\\u{110000})  no code point
            /(\\xg0)  hexadecimal
            """)
    void rejectsWithReason(String pattern, String reason) {
        String message = assertThrows(IllegalArgumentException.class, () -> UrlPatternSelector.of(pattern, HUB))
                .getMessage();
        assertTrue(message.contains(reason), message);
        assertTrue(message.contains("of the URL pattern, "), message);
    }
}
