package dev.courant.it.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import dev.courant.brokers.FreePorts;
import dev.courant.support.Chromium;
import dev.courant.support.CourantProcess;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

/**
 * A test of the web page. Starts Chromium and the uber-jar once for each class, and opens a new tab for each test. Every client
 * may publish without a token. The tests are skipped if no Chromium is installed.
 */
abstract class PageTestCase {

    static Chromium chromium;
    static CourantProcess courant;

    Page page;

    @BeforeAll
    static void start() throws Exception {
        if (Chromium.isInstalled()) {
            chromium = Chromium.start();
            courant = CourantProcess.start(FreePorts.free(), List.of("-Dcourant.publish.anonymous=**"));
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
    final void openTab() {
        Chromium.assumeInstalled();
        page = chromium.openTab(ColorScheme.LIGHT, 1280);
    }

    @AfterEach
    final void closeTab() {
        if (page != null) {
            page.context().close();
        }
    }

    /** Replaces the tab of the test by one with this appearance. */
    final void reopenTab(ColorScheme scheme, int width) {
        closeTab();
        page = chromium.openTab(scheme, width);
    }

    /** Opens the page with this query and fragment, and waits until its stream is open. */
    final void open(String query) {
        page.navigate(courant.uri() + query);
        assertThat(page.locator("#state")).hasText("Live");
    }

    /** Opens the page and waits until it shows the first random number. */
    final void openNumbers() {
        page.navigate(courant.uri().toString());
        assertThat(page.locator("#entries .number").first()).isVisible();
    }

    final void assertFitsAndIsAccessible(int width) {
        assertEquals(width, page.evaluate("document.documentElement.scrollWidth"));
        assertAccessible();
    }

    final void assertAccessible() {
        assertEquals(List.of(), new AxeBuilder(page).analyze().getViolations());
    }

    final void saveScreenshot(String name) {
        page.screenshot(new Page.ScreenshotOptions()
                .setPath(Path.of("target", "screenshots", name + ".png"))
                .setFullPage(true));
    }
}
