package dev.courant.it.examples;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import dev.courant.brokers.FreePorts;
import dev.courant.support.Chromium;
import dev.courant.support.CourantProcess;
import dev.courant.support.ExampleProcess;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests {@code examples/ai-chat} in a browser, with a reload, a second reader and a killed Courant within one answer. */
class AiChatIT {

    @TempDir
    Path journal;

    @BeforeEach
    void assumeInstalled() {
        Chromium.assumeInstalled();
    }

    @Test
    void losesAndRepeatsNoTokenOfAnAnswer() throws Exception {
        int port = FreePorts.free();
        List<String> settings = List.of(
                "-Dcourant.publish.anonymous=answers/**",
                "-Dcourant.cors.origins=http://localhost:" + port,
                "-Dcourant.journal.dir=" + journal);
        try (CourantProcess courant = CourantProcess.start(FreePorts.free(), settings);
                ExampleProcess chat = ExampleProcess.java("ai-chat/AiChat.java", courant.uri(), courant.uri(), port);
                Chromium chromium = Chromium.start()) {
            String address = chat.awaitAddress();
            Page page = chromium.openTab(ColorScheme.LIGHT, 1280);
            List<Integer> statuses = new ArrayList<>();
            page.onResponse(response -> statuses.add(response.status()));
            page.navigate(address);
            page.locator("button").click();
            awaitCharacters(page, 50);
            page.reload();
            awaitCharacters(page, 100);
            Page second = chromium.openTab(ColorScheme.DARK, 360);
            second.navigate(page.url());
            awaitCharacters(second, 150);

            courant.kill();
            courant.restart();
            assertThat(page.locator("#state")).hasText("Complete");
            assertThat(second.locator("#state")).hasText("Complete");
            page.waitForCondition(() -> statuses.contains(204)); // the EventSource stops

            Page undisturbed = chromium.openTab(ColorScheme.LIGHT, 1280);
            undisturbed.navigate(address);
            undisturbed.locator("button").click();
            assertThat(undisturbed.locator("#state")).hasText("Complete");
            String answer = undisturbed.locator("#answer").textContent();
            assertEquals(answer, page.locator("#answer").textContent());
            assertEquals(answer, second.locator("#answer").textContent());
        }
    }

    private static void awaitCharacters(Page page, int count) {
        page.waitForFunction("count => document.getElementById('answer').textContent.length > count", count);
    }
}
