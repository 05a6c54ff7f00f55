package dev.courant.it.mercure;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Generates URL patterns, mostly well-formed, and topics that each may match. The same seed gives the same patterns. */
final class PatternGrammar {

    /** Each line has a piece of a pattern, followed by texts that may match it in a topic. */
    private static final String[][] PROTOCOLS = {
        {"https", "https", "HTTPS", "http"},
        {"http", "http", "https"},
        {"HTTP", "http"},
        {"http{s}?", "http", "https", "ws"},
        {"(https?|wss?)", "http", "wss", "ftp"},
        {":scheme", "https", "urn"},
        {"*", "https", "foo"},
        {"foo", "foo", "bar"},
        {"urn", "urn", "URN"},
        {"wss", "wss", "ws"},
        {"(foo|data)", "foo", "data"},
        {"fo o", "foo"},
        {"1a", "a"}
    };

    private static final String[][] HOSTS = {
        {"example.com", "example.com", "EXAMPLE.com", "example.org", "u@example.com"},
        {"EXAMPLE.COM", "example.com"},
        {"*.example.com", "a.example.com", "a.b.example.com", "example.com"},
        {":sub.example.com", "a.example.com", "a.b.example.com"},
        {"{:sub.}?example.com", "a.example.com", "example.com"},
        {"{:sub.}+example.com", "a.b.example.com", "example.com"},
        {"*", "example.com", "[::1]", "x"},
        {"([a-z]+).example", "abc.example", "a1.example"},
        {"[\\:\\:1]", "[::1]", "[0:0::1]", "[::2]"},
        {"[:address]", "[::1]", "[1:2::]"},
        {"{[\\:\\:}:digits]", "[::1]", "[::ab]"},
        {"127.1", "127.0.0.1", "127.1"},
        {"b\u00FCcher.example", "b\u00FCcher.example", "xn--bcher-kva.example", "B\u00DCCHER.example"},
        {"u:p@example.com", "u:p@example.com", "u:q@example.com", "example.com"},
        {":user@example.com", "u@example.com", "u:p@example.com"},
        {"u:*@example.com", "u:p@example.com"},
        {"example.com\\:80", "example.com:80"},
        {"bad|host", "bad"},
        {"ex%61mple.com", "example.com"},
        {"a{.b}*.c", "a.c", "a.b.c", "a.b.b.c"},
        {"", "", "example.com"}
    };

    private static final String[][] PORTS = {
        {"", "", "", ":80", ":443", ":8080"},
        {"", "", "", ""},
        {":8080", ":8080", ":08080", ""},
        {":443", "", ":443", ":80"},
        {":80", "", ":80"},
        {":*", "", ":1", ":8080"},
        {":8(\\d+)", ":8080", ":9080", ":8"},
        {":{8080}?", ":8080", ""},
        {":0080", ":80", ""},
        {":99999", ""},
        {":8a", ":8"}
    };

    private static final String[][] SEGMENTS = {
        {"/books", "/books", "/Books", "/%62ooks", "/boo ks"},
        {"/:id", "/1", "/a%2Fb", "/a/b", "/", "", "/\u00E9"},
        {"/:id?", "/1", "", "/"},
        {"/:id+", "/1", "/1/2/3", ""},
        {"/:id*", "/1/2", "", "/"},
        {"/*", "/", "/a/b", "", "/a?b"},
        {"/*?", "/a", ""},
        {"{/a}?", "/a", ""},
        {"{/a}*", "/a/a/a", "", "/b"},
        {"{/a:b}+", "/a1/a2", "/a"},
        {"{/:x-y}*", "/1-y/2-y", "/1-y", ""},
        {"{p:x}?", "p1", "p", ""},
        {"/:year(\\d{4})", "/2026", "/26"},
        {"/(foo|bar)", "/foo", "/bar", "/foobar"},
        {"/(.*)", "/a/b", "/"},
        {"/([^/]+?)", "/a", "/a/b"},
        {"/:a-:b", "/1-2", "/1", "/1-2-3"},
        {"/:a:b", "/12", "/1"},
        {"/\u00E9", "/\u00E9", "/%C3%A9", "/e"},
        {"/a b", "/a b", "/a%20b"},
        {"/.", "/.", "/", ""},
        {"/..", "/..", "/x/.."},
        {"/%2e%2E", "/%2e%2E", "/.."},
        {"/../x", "/../x", "/x"},
        {"/a/../b", "/b", "/a/../b"},
        {"/\\:id", "/:id", "/1"},
        {"/\\{x\\}", "/{x}", "/%7Bx%7D", "/x"},
        {"/a+b", "/a+b", "/aab"},
        {"/a\\+b", "/a+b", "/aab"},
        {"/\\*", "/*", "/a"},
        {"/a^b`", "/a^b`", "/a%5Eb%60"},
        {"/[x]", "/[x]", "/x"},
        {"/it's", "/it's", "/it%27s"},
        {"", "", "/"},
        {"/", "/", ""},
        {"x", "x", "y"},
        {"./x", "./x", "x"},
        {"../x", "../x", "x"},
        {"/([a-c]{2,3}\\.json)", "/ab.json", "/a.json", "/abcd.json"},
        {"/(?:a)", "/a"},
        {"/((?:a|b)+c?)", "/ababc", "/c"},
        {"/(\\w+@\\p{Lu})", "/a@B", "/a@b"},
        {"/((?=a)a)", "/a"},
        {"/([\\-\\w.]+)", "/a-b.c", "/a b"},
        {"/([a-])", "/a", "/-"},
        {"/(a{2}{3})", "/aaaaaa"},
        {"/(\\a)", "/a"},
        {"/(\\Qa)", "/a"},
        {"/([a&&b])", "/a"},
        {"/([^])", "/a", "/ab"},
        {"/([])", "/a", "/"},
        {"/(^a$)", "/a"},
        {"/(\\x61\\u0062\\u{63})", "/abc"},
        {"/((?<n>a))", "/a"},
        {"/((?i:a)b)", "/Ab", "/AB"},
        {"/([A-Z]?\\W{0,2}|\\x61[^^a]\\b)", "/A--", "/ab", "/aa", "/"},
        {"/(a|)", "/a", "/"},
        {"/(a??b*?)", "/abb", "/"}
    };

    /** Terms of regular expressions. Courant must reject those that have another meaning for RE2/J. */
    private static final String[] TERMS =
            ("a b A - 1 ^ $ . \\d \\W \\s \\b \\B \\x61 \\x{61} \\- \\. \\/ \\0 \\07 \\cA \\A \\z \\a \\C "
                            + "\\Qa \\pL \\p{Ll} \\P{L} \\1 (?:a|1) (?i:a) (?=a) (?<n>a) [ab] "
                            + "[^^a] [^a-b] [] [^] [a-] [!!] [a&&b] [a--b] [[a]b] [[:alpha:]] [:alpha:] [\\d-] [\\-b] [\\b] | |")
                    .split(" ");

    private static final String[] QUANTIFIERS = "   * +? ? {2} {0,2} {1,} {01} {,2} **".split(" ");

    private static final List<String> REGEXP_TEXTS =
            List.of("/a", "/b", "/A", "/-", "/1", "/aa", "/ab", "/", "/a1", "/Ab", "/a-");

    private static final String[][] SEARCHES = {
        {"", "", "?", "?a=b"},
        {"", "", ""},
        {"?a=b", "?a=b", "?a=B", ""},
        {"?*", "?a", "", "?"},
        {"\\?a=:v", "?a=1", "?a=", "?a=1&b"},
        {"?:v", "?1", ""},
        {"??x", "?x", "??x"},
        {"?", "?", "", "?x"},
        {"{?a}?", "?a", ""}
    };

    private static final String[][] HASHES = {
        {"", "", "#", "#x"},
        {"", "", ""},
        {"#x", "#x", "#y", ""},
        {"#*", "#x", ""},
        {"#:h", "#x", "#"},
        {"##", "##", "#"},
        {"#a b`\u00E9", "#a b`\u00E9", "#a%20b%60%C3%A9"}
    };

    private static final List<String> JOINTS = List.of("://", "://", "://", "://", ":", "\\://", ":/", "{:}//");
    /** Not used in topics, where Chromium 156 deviates from the standard: in hosts, or in dot-segments of a path. */
    private static final String NOISE_IN_PATTERNS_ONLY = "* \\";

    private static final String NOISE = "{}()?+:/#@[].%^&=\u00E9a0-";
    private static final int TOPICS = 8;

    private final Random random;

    PatternGrammar(long seed) {
        random = new Random(seed);
    }

    /** Returns a pattern followed by topics. */
    List<String> next() {
        List<String[]> pieces = new ArrayList<>();
        int from = random.nextInt(10);
        if (from < 6) {
            pieces.add(one(PROTOCOLS));
            String joint = JOINTS.get(random.nextInt(JOINTS.size()));
            pieces.add(new String[] {joint, "://", "://", ":"});
            pieces.add(one(HOSTS));
            pieces.add(one(PORTS));
        }
        for (int segments = from < 9 ? random.nextInt(4) : 0; segments > 0; segments--) {
            pieces.add(one(SEGMENTS));
        }
        pieces.add(one(SEARCHES));
        pieces.add(one(HASHES));
        List<String> written = new ArrayList<>();
        StringBuilder pattern = new StringBuilder();
        pieces.forEach(piece -> pattern.append(piece[0]));
        written.add(noisy(pattern, 4, NOISE + NOISE_IN_PATTERNS_ONLY));
        for (int topic = 0; topic < TOPICS; topic++) {
            StringBuilder text = new StringBuilder();
            pieces.forEach(piece -> text.append(piece[1 + random.nextInt(piece.length - 1)]));
            written.add(noisy(text, 8, NOISE));
        }
        return written;
    }

    /** Returns a pattern of one group, a random regular expression, followed by topics. */
    List<String> nextRegexp() {
        StringBuilder pattern = new StringBuilder("/(");
        for (int terms = 1 + random.nextInt(3); terms > 0; terms--) {
            pattern.append(TERMS[random.nextInt(TERMS.length)]);
            pattern.append(QUANTIFIERS[random.nextInt(QUANTIFIERS.length)]);
        }
        List<String> written = new ArrayList<>(List.of(pattern.append(')').toString()));
        written.addAll(REGEXP_TEXTS);
        return written;
    }

    private String[] one(String[][] pieces) {
        return pieces[random.nextInt(pieces.length)];
    }

    private String noisy(StringBuilder text, int oneIn, String characters) {
        while (random.nextInt(oneIn) == 0) {
            char noise = characters.charAt(random.nextInt(characters.length()));
            int at = random.nextInt(text.length() + 1);
            if (random.nextBoolean() || at == text.length()) {
                text.insert(at, noise);
            } else {
                text.setCharAt(at, noise);
            }
        }
        return text.toString();
    }
}
