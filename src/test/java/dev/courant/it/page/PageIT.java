package dev.courant.it.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.options.ColorScheme;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests the random numbers, the connection and the layout of the page. */
class PageIT extends PageTestCase {

    private static final Pattern NUMBER = Pattern.compile("0\\.\\d{4}");

    @Test
    void showsNumbersWithoutErrorsInTheConsole() {
        openNumbers();
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
    void reportsALostServerAndReconnects() throws Exception {
        openNumbers();
        courant.stop();
        assertThat(page.locator("#state")).hasText("Connection lost, reconnecting");
        assertThat(page.locator("#detail")).containsText("The server closed the connection or cannot be reached.");
        assertThat(page.locator("#detail")).containsText("Attempt 2");
        assertThat(page.locator("#entries .note").first()).containsText("Connection lost");
        saveScreenshot("lost");
        assertAccessible();

        courant.restart();
        assertThat(page.locator("#state")).hasText("Live");
        assertThat(page.locator("#reconnects")).hasText("1");
        // The log is in memory only, so the restarted server cannot replay the events of the old one.
        assertThat(page.locator("#gaps")).hasText("1");
        assertThat(page.locator("#entries tr").first()).hasClass("number");
        saveScreenshot("back");
    }

    @Test
    void resumesWithoutGapOrDuplicateAfterTheConnectionIsDropped() {
        openNumbers();
        page.locator("#drop").click();
        assertThat(page.locator("#state")).hasText("Connection dropped, reconnecting");
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
    void showsEventsThatArrivedDuringAPauseAfterIt() {
        openNumbers();
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
        reopenTab(scheme, width);
        openNumbers();
        assertThat(page.locator("#entries .number").nth(4)).isAttached();
        saveScreenshot(scheme.name().toLowerCase(Locale.ROOT) + "-" + width);
        assertFitsAndIsAccessible(width);
        assertEquals(List.of(), chromium.problems());
    }

    @Test
    void allowsTheKeyboardToReachEveryControl() {
        openNumbers();
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
    void limitsTheLengthOfTheList() {
        openNumbers();
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
}
