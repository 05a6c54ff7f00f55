package dev.courant.topic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.courant.event.TopicSelector;
import dev.courant.urlpattern.WebUrl;
import java.util.function.Supplier;

/** Fuzz test: any text either compiles or is rejected, and a compiled pattern matches any topic with the same result twice. */
class SelectorFuzzTest {

    private static final int MAX_LENGTH = 1024;
    private static final WebUrl HUB = WebUrl.parse("https://hub.example/.well-known/mercure", null);

    @FuzzTest(maxDuration = "3m")
    void matchesUrlPatternsDeterministically(FuzzedDataProvider data) {
        String pattern = data.consumeString(MAX_LENGTH);
        check(() -> UrlPatternSelector.of(pattern, HUB), data.consumeRemainingAsString());
    }

    @FuzzTest(maxDuration = "3m")
    void matchesUriTemplatesDeterministically(FuzzedDataProvider data) {
        String template = data.consumeString(MAX_LENGTH);
        check(() -> UriTemplate.of(template), data.consumeRemainingAsString());
    }

    @FuzzTest(maxDuration = "3m")
    void parsesUrlsIdempotently(FuzzedDataProvider data) {
        String text = data.consumeRemainingAsString();
        WebUrl url = WebUrl.parse(text, HUB);
        if (url != null) {
            String written = url.toString();
            assertEquals(url, WebUrl.parse(written, null), written);
            assertEquals(new ReservedPath(HUB).isReserved(text), new ReservedPath(HUB).isReserved(written), written);
        }
    }

    private static void check(Supplier<TopicSelector> compiler, String topic) {
        TopicSelector selector;
        try {
            selector = compiler.get();
        } catch (IllegalArgumentException rejected) {
            assertNotNull(rejected.getMessage());
            return;
        }
        assertEquals(selector.matches(topic), compiler.get().matches(topic));
        assertEquals(selector, compiler.get());
    }
}
