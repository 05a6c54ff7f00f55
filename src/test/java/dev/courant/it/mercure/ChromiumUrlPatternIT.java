package dev.courant.it.mercure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import dev.courant.support.Chromium;
import dev.courant.topic.UrlPatternSelector;
import dev.courant.urlpattern.WebUrl;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Compares the {@code URLPattern} and {@code URL} of a browser, an independent implementation, with Courant's. */
class ChromiumUrlPatternIT {

    private static final long SEED = 1;
    private static final int PATTERNS = 5_000;
    private static final int REGEXPS = 20_000;
    private static final int MIN_MATCHES = 1_000;

    private static final List<String> HUBS = List.of(
            "https://example.com/.well-known/mercure",
            "http://example.com:8080/books/?q=1#f",
            "https://u:p@example.com/a/b:c",
            "http://[::1]:3000/hub");

    /**
     * URLs for which Chromium 156 deviates from the standard. It accepts a space in a host, encodes a star there, and encodes an
     * apostrophe in the query of every scheme. In patterns, it treats an escaped question mark at the start of a query and a slash
     * in a host as delimiters.
     */
    private static final Pattern DEVIATES = Pattern.compile(
            "^[a-z]+://[^/?#]*%2[0A]|^[a-z]+://[^/?#]*xn--a%20|^(?!https?:|wss?:|ftp:)[^#]*\\?[^#]*%27");

    private static final Pattern NARROWER = Pattern.compile("not supported|'[/?#].*' is not a valid host");

    private static final String EVALUATE = """
            triples => triples.map(([hub, pattern, ...topics]) => {
              let it = null;
              for (const base of [[hub], []]) {
                // Keeps the last one that succeeds: only a relative pattern needs its base.
                try { it = new URLPattern(pattern, ...base); } catch (refused) { /* it stays */ }
              }
              return topics.map(topic => {
                let url = null;
                try { url = new URL(topic, hub).href; } catch (refused) { /* null it is */ }
                return url + ' ' + (it === null ? 'refused' : it.test(topic, hub));
              });
            })""";

    @BeforeEach
    void requiresBrowser() {
        Chromium.assumeInstalled();
    }

    @Test
    @Timeout(300)
    void matchesLikeTheBrowser() {
        check(new PatternGrammar(SEED)::next, PATTERNS);
    }

    @Test
    @Timeout(300)
    void matchesRegularExpressionsLikeTheBrowser() {
        check(new PatternGrammar(SEED)::nextRegexp, REGEXPS);
    }

    private static void check(Supplier<List<String>> patterns, int count) {
        List<List<String>> cases = new ArrayList<>();
        for (int each = 0; each < count; each++) {
            List<String> written = new ArrayList<>(List.of(HUBS.get(each % HUBS.size())));
            written.addAll(patterns.get());
            cases.add(written);
        }
        List<List<String>> answers;
        try (Chromium chromium = Chromium.start()) {
            Page page = chromium.openTab(ColorScheme.LIGHT, 360);
            answers = strings(page.evaluate(EVALUATE, cases));
        }
        List<String> differences = new ArrayList<>();
        int matched = 0;
        for (int each = 0; each < cases.size(); each++) {
            matched += compare(cases.get(each), answers.get(each), differences);
        }
        assertEquals("", String.join("\n", differences), () -> differences.size() + " differences");
        assertTrue(matched > MIN_MATCHES, () -> "too few of the grammar's patterns match for a meaningful comparison");
    }

    @SuppressWarnings("unchecked")
    private static List<List<String>> strings(Object answers) {
        return (List<List<String>>) Objects.requireNonNull(answers);
    }

    private static int compare(List<String> cases, List<String> answers, List<String> differences) {
        WebUrl hub = Objects.requireNonNull(WebUrl.parse(cases.get(0), null));
        String refusal = null;
        UrlPatternSelector pattern = null;
        try {
            pattern = UrlPatternSelector.of(cases.get(1), hub);
        } catch (IllegalArgumentException refused) {
            refusal = refused.getMessage();
        }
        if (refusal != null && NARROWER.matcher(refusal).find()) {
            return 0;
        }
        int matched = 0;
        for (int each = 0; each < answers.size(); each++) {
            String topic = cases.get(2 + each);
            if (DEVIATES.matcher(answers.get(each)).find() || cases.get(1).contains("?\\?")) {
                continue;
            }
            WebUrl url = WebUrl.parse(topic, hub);
            String verdict = pattern == null ? "refused" : String.valueOf(pattern.matches(topic));
            String ours = url + " " + verdict;
            matched += verdict.equals("true") ? 1 : 0;
            if (!ours.equals(answers.get(each))) {
                differences.add(cases.get(1) + "   on " + topic + "   with " + hub + ":   here " + ours + " (" + refusal
                        + "), there " + answers.get(each));
            }
        }
        return matched;
    }
}
