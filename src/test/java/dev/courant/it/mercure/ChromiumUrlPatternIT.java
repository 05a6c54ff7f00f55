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
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The browser's own {@code URLPattern} and {@code URL}, which nobody here wrote, against the ones here. */
class ChromiumUrlPatternIT {

    private static final long SEED = 1;
    private static final int PATTERNS = 5_000;

    private static final List<String> HUBS = List.of(
            "https://example.com/.well-known/mercure",
            "http://example.com:8080/books/?q=1#f",
            "https://u:p@example.com/a/b:c",
            "http://[::1]:3000/hub");

    /**
     * Where Chromium 156 is not the standard's: it takes a space in a host and encodes a star there, and encodes an
     * apostrophe in the query of any scheme. It also takes an escaped question mark at the start of a query, and a slash
     * in a host, for the delimiters that they are not.
     */
    private static final Pattern DEVIATES = Pattern.compile(
            "^[a-z]+://[^/?#]*%2[0A]|^[a-z]+://[^/?#]*xn--a%20|^(?!https?:|wss?:|ftp:)[^#]*\\?[^#]*%27");

    private static final Pattern NARROWER = Pattern.compile("not supported|no host is written '[/?#]");

    private static final String ASK = """
            triples => triples.map(([hub, pattern, ...topics]) => {
              let it = null;
              for (const base of [[hub], []]) {
                // The last that takes it: only a relative pattern needs its base.
                try { it = new URLPattern(pattern, ...base); } catch (refused) { /* it stays */ }
              }
              return topics.map(topic => {
                let url = null;
                try { url = new URL(topic, hub).href; } catch (refused) { /* null it is */ }
                return url + ' ' + (it === null ? 'refused' : it.test(topic, hub));
              });
            })""";

    @BeforeEach
    void needsABrowser() {
        Chromium.assumeInstalled();
    }

    @Test
    @Timeout(300)
    void choosesWhatTheBrowserChooses() {
        PatternGrammar grammar = new PatternGrammar(SEED);
        List<List<String>> asked = new ArrayList<>();
        for (int each = 0; each < PATTERNS; each++) {
            List<String> written = new ArrayList<>(List.of(HUBS.get(each % HUBS.size())));
            written.addAll(grammar.next());
            asked.add(written);
        }
        List<List<String>> answers;
        try (Chromium chromium = Chromium.start()) {
            Page page = chromium.openTab(ColorScheme.LIGHT, 360);
            answers = strings(page.evaluate(ASK, asked));
        }
        List<String> differences = new ArrayList<>();
        int chosen = 0;
        for (int each = 0; each < asked.size(); each++) {
            chosen += compare(asked.get(each), answers.get(each), differences);
        }
        assertTrue(chosen > PATTERNS / 4, () -> "the grammar's patterns choose too little to say much");
        assertEquals("", String.join("\n", differences), () -> differences.size() + " differences");
    }

    @SuppressWarnings("unchecked")
    private static List<List<String>> strings(Object answers) {
        return (List<List<String>>) Objects.requireNonNull(answers);
    }

    private static int compare(List<String> asked, List<String> answers, List<String> differences) {
        WebUrl hub = Objects.requireNonNull(WebUrl.parse(asked.get(0), null));
        String refusal = null;
        UrlPatternSelector pattern = null;
        try {
            pattern = UrlPatternSelector.of(asked.get(1), hub);
        } catch (IllegalArgumentException refused) {
            refusal = refused.getMessage();
        }
        if (refusal != null && NARROWER.matcher(refusal).find()) {
            return 0;
        }
        int chosen = 0;
        for (int each = 0; each < answers.size(); each++) {
            String topic = asked.get(2 + each);
            if (DEVIATES.matcher(answers.get(each)).find() || asked.get(1).contains("?\\?")) {
                continue;
            }
            WebUrl url = WebUrl.parse(topic, hub);
            String verdict = pattern == null ? "refused" : String.valueOf(pattern.matches(topic));
            String ours = url + " " + verdict;
            chosen += verdict.equals("true") ? 1 : 0;
            if (!ours.equals(answers.get(each))) {
                differences.add(asked.get(1) + "   on " + topic + "   with " + hub + ":   here " + ours + " (" + refusal
                        + "), there " + answers.get(each));
            }
        }
        return chosen;
    }
}
