package dev.courant.it.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Tests how the page takes the token from the publisher link, stores it, and keeps it out of all addresses. */
class PageTokenIT extends PageTestCase {

    private static final String TOKEN = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJ0ZXN0In0.c2lnbmF0dXJl-_";

    @Test
    void removesTheTokenFromTheAddressAndStoresItForTheTabOnly() {
        List<String> requested = new ArrayList<>();
        page.onRequest(request -> requested.add(request.url()));
        open("?topic=box/address#token=" + TOKEN);
        assertThat(page).hasURL(courant.uri().resolve("?topic=box/address").toString());
        assertThat(page.locator("#with-token")).isVisible();
        assertEquals(1, page.evaluate("history.length - 1"));
        assertFalse(page.content().contains(TOKEN));
        assertEquals(
                List.of(), requested.stream().filter(url -> url.contains("eyJ")).toList());
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
    void readsTheTokenFromALinkThatIsPastedIntoTheOpenPage() {
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
    void keepsTheTokenInMemoryIfTheBrowserDeniesTheStorage() {
        page.addInitScript("""
                Object.defineProperty(window, 'sessionStorage', { get() { throw new DOMException('no'); } });
                """);
        open("#token=" + TOKEN);
        assertThat(page.locator("#publish-form")).isVisible();
        page.locator("#forget").click();
        assertThat(page.locator("#without-token")).isVisible();
        assertEquals(List.of(), chromium.problems());
    }
}
