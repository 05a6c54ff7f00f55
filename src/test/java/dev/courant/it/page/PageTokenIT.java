package dev.courant.it.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import dev.courant.support.Chromium;
import dev.courant.support.CourantProcess;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The publisher link: where the page takes its token from, where it keeps it, and where it never is. */
class PageTokenIT {

    private static final String TOKEN = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJ0ZXN0In0.c2lnbmF0dXJl-_";

    private static Chromium chromium;
    private static CourantProcess courant;

    private Page page;

    @BeforeAll
    static void start() throws Exception {
        if (Chromium.isInstalled()) {
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
    void takesTheTokenOutOfTheAddressAndKeepsItForTheTabAlone() {
        List<String> asked = new ArrayList<>();
        page.onRequest(request -> asked.add(request.url()));
        open("?topic=box/address#token=" + TOKEN);
        assertThat(page).hasURL(courant.uri().resolve("?topic=box/address").toString());
        assertThat(page.locator("#with-token")).isVisible();
        assertEquals(1, page.evaluate("history.length - 1"));
        assertFalse(page.content().contains(TOKEN));
        assertEquals(
                List.of(), asked.stream().filter(url -> url.contains("eyJ")).toList());
        assertEquals(0, page.evaluate("localStorage.length + document.cookie.length"));

        page.reload();
        assertThat(page.locator("#publish-form")).isVisible();
        page.locator("#forget").click();
        assertThat(page.locator("#publish-form")).isHidden();
        assertThat(page.locator("#write")).isFocused();
        assertEquals(0, page.evaluate("sessionStorage.length"));
        page.reload();
        assertThat(page.locator("#without-token")).isVisible();
        assertThat(page.locator("#forget")).isHidden();
    }

    @Test
    void takesTheTokenOfALinkThatIsPastedIntoTheOpenPage() {
        open("");
        assertThat(page.locator("#without-token")).isVisible();
        page.evaluate("token => { location.hash = 'token=' + token; }", TOKEN);
        assertThat(page.locator("#publish-form")).isVisible();
        assertThat(page).hasURL(courant.uri().toString());
        assertThat(page.locator("#state")).hasText("Live");
        page.evaluate("location.hash = 'token=cut'");
        assertThat(page).hasURL(courant.uri().toString());
        assertThat(page.locator("#with-token")).isVisible();
    }

    @Test
    void keepsTheTokenInMemoryWhereTheBrowserForbidsTheStorage() {
        page.addInitScript("""
                Object.defineProperty(window, 'sessionStorage', { get() { throw new DOMException('no'); } });
                """);
        open("#token=" + TOKEN);
        assertThat(page.locator("#publish-form")).isVisible();
        page.locator("#forget").click();
        assertThat(page.locator("#without-token")).isVisible();
        assertEquals(List.of(), chromium.problems());
    }

    private void open(String query) {
        page.navigate(courant.uri() + query);
        assertThat(page.locator("#state")).hasText("Live");
    }
}
