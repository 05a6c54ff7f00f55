package dev.courant.it.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.ColorScheme;
import dev.courant.support.Chromium;
import dev.courant.support.CourantProcess;
import dev.courant.support.TestDeadline;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The page in a browser, as the uber-jar serves it. */
class PageIT {

    private static final Path SCREENSHOTS = Path.of("target", "screenshots");
    private static final Pattern NUMBER = Pattern.compile("0\\.\\d{4}");
    private static final double DEADLINE_MS = TestDeadline.DURATION.toMillis();

    private static Chromium chromium;
    private static CourantProcess courant;

    private Page page;

    @BeforeAll
    static void start() throws Exception {
        if (Chromium.isInstalled()) {
            PlaywrightAssertions.setDefaultAssertionTimeout(DEADLINE_MS);
            chromium = Chromium.start();
            courant = CourantProcess.start();
        }
    }

    @AfterAll
    static void stop() throws Exception {
        if (courant != null) {
            courant.close();
        }
        if (chromium != null) {
            chromium.close();
        }
    }

    @BeforeEach
    void openTab() {
        Chromium.assumeInstalled();
        page = chromium.openTab(ColorScheme.LIGHT, 1280);
    }

    @AfterEach
    void closeTab() {
        if (page != null) {
            page.context().close();
        }
    }

    @Test
    void showsNumbersAsTheyArriveAndComplainsOfNothing() {
        openPage();
        assertThat(page.locator("#state")).hasText("Live");
        assertThat(page.locator("#value")).hasText(NUMBER);
        assertThat(page.locator("#entries .number").nth(2)).isVisible();
        assertThat(page.locator("#chart canvas")).isVisible();
        assertThat(page.locator("#no-chart")).isEmpty();
        assertThat(page.locator("#latency")).hasText(Pattern.compile("\\d+ ms"));
        assertThat(page.locator("#command")).hasText("curl -N " + courant.uri().resolve("sse"));
        assertEquals(List.of(), chromium.problems());
    }

    @Test
    void saysThatTheServerIsLostAndComesBackByItself() throws Exception {
        openPage();
        courant.stop();
        assertThat(page.locator("#state")).hasText("Connection lost, reconnecting");
        assertThat(page.locator("#detail")).containsText("The server has gone away or cannot be reached.");
        assertThat(page.locator("#detail")).containsText("Attempt 2");
        assertThat(page.locator("#entries .note").first()).containsText("Connection lost");
        screenshot("lost");
        assertAccessible();

        courant.restart();
        assertThat(page.locator("#state")).hasText("Live");
        assertThat(page.locator("#reconnects")).hasText("1");
        // The log lives in memory: the new server cannot know what the old one has sent, and says so.
        assertThat(page.locator("#gaps")).hasText("1");
        assertThat(page.locator("#entries tr").first()).hasClass("number");
        screenshot("back");
    }

    @Test
    void resumesWithoutGapOrDuplicateAfterTheConnectionIsDropped() {
        openPage();
        page.locator("#drop").click();
        assertThat(page.locator("#state")).hasText("Dropped on purpose, reconnecting");
        assertThat(page.locator("#reconnect")).isFocused();
        assertThat(page.locator("#state")).hasText("Live");
        assertThat(page.locator("#drop")).isFocused();
        assertThat(page.locator("#reconnects")).hasText("1");
        assertThat(page.locator("#entries .number").nth(6)).isVisible();
        assertThat(page.locator("#gaps")).hasText("0");
        assertThat(page.locator("#duplicates")).hasText("0");

        List<Long> offsets = page.locator("#entries .number .id").allTextContents().stream()
                .map(id -> Long.valueOf(id.substring(id.indexOf('-') + 1)))
                .toList();
        for (int i = 1; i < offsets.size(); i++) {
            assertEquals(offsets.get(i - 1) - 1, offsets.get(i), () -> "newest first, none missing: " + offsets);
        }
    }

    @Test
    void freezesWhilePausedAndShowsWhatWaitedOnceResumed() {
        openPage();
        page.locator("#pause").click();
        assertThat(page.locator("#waiting")).hasText(Pattern.compile("Paused, ([2-9]|\\d\\d+) waiting"));
        int frozen = page.locator("#entries tr").count();
        assertThat(page.locator("#waiting")).hasText(Pattern.compile("Paused, ([4-9]|\\d\\d+) waiting"));
        assertEquals(frozen, page.locator("#entries tr").count());
        page.locator("#pause").click();
        assertThat(page.locator("#waiting")).isHidden();
        assertThat(page.locator("#entries tr").nth(frozen + 3)).isAttached();
    }

    @ParameterizedTest
    @CsvSource({"LIGHT, 360", "LIGHT, 1280", "DARK, 360", "DARK, 1280"})
    void fitsTheWindowAndIsAccessible(ColorScheme scheme, int width) {
        closeTab();
        page = chromium.openTab(scheme, width);
        openPage();
        assertThat(page.locator("#entries .number").nth(4)).isAttached();
        screenshot(scheme.name().toLowerCase(Locale.ROOT) + "-" + width);
        assertEquals(width, page.evaluate("document.documentElement.scrollWidth"));
        assertAccessible();
        assertEquals(List.of(), chromium.problems());
    }

    @Test
    void reachesEveryControlByTheKeyboard() {
        openPage();
        List<String> reached = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            page.keyboard().press("Tab");
            reached.add((String) page.evaluate("document.activeElement.id || document.activeElement.className"));
            assertTrue((boolean) page.evaluate("document.activeElement.matches(':focus-visible')"));
        }
        assertEquals(List.of("drop", "pause", "topic", "show", "scroll", "write", "copy"), reached);
        page.context().grantPermissions(List.of("clipboard-write"));
        page.keyboard().press("Enter");
        assertThat(page.locator("#copy")).hasText("Copied");
    }

    @Test
    void keepsTheListBounded() {
        openPage();
        Object rows = page.evaluate("""
                async () => {
                  const { EntryList } = await import(new URL('js/list.js', document.baseURI).href);
                  const body = document.createElement('table').createTBody();
                  const list = new EntryList(body);
                  for (let i = 0; i < 1000; i++) {
                    list.add({ kind: 'number', time: i, text: String(i), id: 'a-' + i });
                    if (i % 3 === 0) list.show();
                  }
                  return body.rows.length + ' rows, first ' + body.rows[0].cells[1].textContent;
                }""");
        assertEquals("200 rows, first 999", rows);
    }

    private void openPage() {
        page.navigate(courant.uri().toString());
        assertThat(page.locator("#entries .number").first()).isVisible();
    }

    private void assertAccessible() {
        assertEquals(List.of(), new AxeBuilder(page).analyze().getViolations());
    }

    private void screenshot(String name) {
        page.screenshot(new Page.ScreenshotOptions()
                .setPath(SCREENSHOTS.resolve(name + ".png"))
                .setFullPage(true));
    }
}
