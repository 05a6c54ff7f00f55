package dev.courant.it.input;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.List;
import java.util.Random;

/** A generator of unusual and malicious texts. Equal seeds generate equal texts. */
final class BadText {

    private static final List<String> SPECIAL_TEXTS = List.of(
            "",
            "a",
            "*",
            "**",
            "%",
            "%00",
            "%0a",
            "%0D%0AX-Injected:%20y",
            "%2F",
            "%252F",
            "..",
            "%2e%2e",
            ".",
            ".;/",
            "..;/..;/",
            "//",
            "\\",
            "%5c",
            "%c0%af",
            "%e0%80%af",
            "%f8%88%80%80%80",
            "%ed%a0%80",
            "%ff",
            "%zz",
            "%u0041",
            "%E2%80%8B",
            "%E2%80%AE",
            "%EF%BB%BF",
            "%F0%9F%98%80",
            "\u00e9\u00ff",
            ";jsessionid=1",
            ";a=b;c",
            "{id}",
            "{+a,b*}",
            "{?x*,y:9999}",
            "{",
            "%7Bid:1000%7D",
            "%7B/a*,b*,c*%7D",
            "(a%2B)%2B%24",
            "((((((((a%3F)*)*)*)*)*)*)*)",
            ":id(%5Cd%7B1,1000%7D)",
            ":a%7B1000%7D",
            "https://example.com/:x*",
            "https://*.*.*.*.*/:a/:b/:c?*#*",
            "https://[::1",
            "https://u:p@%E3%80%82/",
            "https://1.2.3.0x100/",
            "urn:x",
            "javascript:alert(1)",
            "file:///c|/x",
            "<script>",
            "%3Cscript%3Ealert(1)%3C/script%3E",
            "'%20or%201=1--",
            "$%7Bjndi:ldap://x%7D",
            "#%7B7*7%7D",
            "%23abc-1",
            "%23a-999999999999999999",
            "%23a-9999999999999999999",
            "earliest",
            "gap",
            "mercure",
            "null",
            "-1",
            "0",
            "9999999999999999999999",
            "1e18",
            "true",
            "&",
            "=",
            "+",
            "?",
            "a=b&a=c",
            "/.well-known/mercure",
            "/.well-known/mercure/subscriptions/exact/a",
            "https://hub.example/courant/.well-known/mercure/x");

    private final Random random;

    BadText(long seed) {
        random = new Random(seed);
    }

    boolean oneIn(int in) {
        return random.nextInt(in) == 0;
    }

    int nextInt(int bound) {
        return random.nextInt(bound);
    }

    @SafeVarargs
    final <T> T any(T... of) {
        return of[random.nextInt(of.length)];
    }

    <T> T any(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }

    /** Returns a concatenation of special texts, sometimes with a long repetition or with altered characters. */
    String text() {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(4); i >= 0; i--) {
            text.append(any(SPECIAL_TEXTS));
            if (oneIn(3)) {
                text.append(any("/", "a", "-", ":", ","));
            }
        }
        if (oneIn(40)) {
            text.append(
                    any("a", "%61", "(", "{a}", ":a", "*", "/", "%F0%9F%98%80").repeat(random.nextInt(700)));
        }
        return oneIn(5) ? mutate(text.toString()) : text.toString();
    }

    /** Replaces, deletes, duplicates or inserts a few characters, but no line terminators. */
    String mutate(String text) {
        StringBuilder mutated = new StringBuilder(text);
        for (int i = random.nextInt(4); i >= 0 && !mutated.isEmpty(); i--) {
            int at = random.nextInt(mutated.length());
            switch (random.nextInt(4)) {
                case 0 -> mutated.setCharAt(at, (char) ('!' + random.nextInt(94)));
                case 1 -> mutated.deleteCharAt(at);
                case 2 -> mutated.insert(at, mutated.charAt(at));
                default -> mutated.insert(at, (char) (0x80 + random.nextInt(128)));
            }
        }
        return mutated.toString();
    }

    /** Returns a text without spaces, for a request line. */
    String target() {
        return text().replace(" ", "%20").replace("\\", oneIn(9) ? "\\" : "%5c");
    }

    /** Returns random octets as ISO-8859-1 characters. */
    String octets(int maxLength) {
        byte[] octets = new byte[random.nextInt(maxLength)];
        random.nextBytes(octets);
        return new String(octets, ISO_8859_1);
    }

    /** Returns a query or form with these and other names. */
    String pairs(String... names) {
        StringBuilder pairs = new StringBuilder();
        for (int i = random.nextInt(4); i >= 0; i--) {
            pairs.append(pairs.isEmpty() ? "" : any("&", "&", "&", "&&", ";"))
                    .append(oneIn(8) ? target() : any(names))
                    .append(oneIn(12) ? "" : "=")
                    .append(oneIn(3) ? any("a", "urn:ok", "open/x") : target());
        }
        return (oneIn(200) ? (pairs + "&").repeat(60) : pairs.toString()).replace("#", "%23");
    }
}
