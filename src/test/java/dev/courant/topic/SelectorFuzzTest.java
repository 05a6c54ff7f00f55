package dev.courant.topic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.courant.event.TopicSelector;
import dev.courant.urlpattern.WebUrl;
import java.util.function.Supplier;

/** Whatever a client writes is compiled or refused, and then matched with whatever a topic may be, twice alike. */
class SelectorFuzzTest {

    private static final int LONGEST = 1024;
    private static final WebUrl HUB = WebUrl.parse("https://hub.example/.well-known/mercure", null);

    @FuzzTest(maxDuration = "3m")
    void urlPatterns(FuzzedDataProvider data) {
        String pattern = data.consumeString(LONGEST);
        check(() -> UrlPatternSelector.of(pattern, HUB), data.consumeRemainingAsString());
    }

    @FuzzTest(maxDuration = "3m")
    void uriTemplates(FuzzedDataProvider data) {
        String template = data.consumeString(LONGEST);
        check(() -> UriTemplate.of(template), data.consumeRemainingAsString());
    }

    @FuzzTest(maxDuration = "3m")
    void urls(FuzzedDataProvider data) {
        String text = data.consumeRemainingAsString();
        WebUrl url = WebUrl.parse(text, HUB);
        if (url != null) {
            String written = url.toString();
            assertEquals(url, WebUrl.parse(written, null), written);
            assertEquals(
                    new ReservedPath(HUB).isAddressedBy(text), new ReservedPath(HUB).isAddressedBy(written), written);
        }
    }

    private static void check(Supplier<TopicSelector> compiler, String topic) {
        TopicSelector selector;
        try {
            selector = compiler.get();
        } catch (IllegalArgumentException refused) {
            assertNotNull(refused.getMessage());
            return;
        }
        assertEquals(selector.matches(topic), compiler.get().matches(topic));
        assertEquals(selector, compiler.get());
    }
}
