package dev.courant.it.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import com.microsoft.playwright.Request;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.Cookie;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests the publish form: the request that the page sends, and how it shows each response. The responses are stubs. */
class PagePublishIT extends PageTestCase {

    private static final String TOKEN = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJ0ZXN0In0.c2lnbmF0dXJl-_";
    private static final String PUBLISH = "**/.well-known/mercure";

    private final List<Request> sent = new ArrayList<>();

    @Test
    void sendsTheFormWithTheTokenButWithoutCookies() {
        page.context()
                .addCookies(List.of(
                        new Cookie("session", "secret").setUrl(courant.uri().toString())));
        respond(200, "text/plain", "e1-42");
        open("?topic=box/contract#token=" + TOKEN);
        assertThat(page.locator("#event-topic")).hasValue("box/contract");
        page.locator("#event-data").fill("a=b&c\nü%");
        page.locator("#event-type").fill("greeting");
        page.locator("#event-private").check();
        page.locator("#send").click();

        assertThat(page.locator("#outcome")).hasText("Published as e1-42");
        assertThat(page.locator("#event-data")).isEmpty();
        assertThat(page.locator("#event-data")).isFocused();
        Request request = sent.get(0);
        assertEquals(courant.uri().resolve(".well-known/mercure").toString(), request.url());
        assertEquals("POST", request.method());
        assertEquals("Bearer " + TOKEN, request.allHeaders().get("authorization"));
        assertEquals(
                "application/x-www-form-urlencoded;charset=UTF-8",
                request.allHeaders().get("content-type"));
        assertNull(request.allHeaders().get("cookie"));
        assertEquals("topic=box%2Fcontract&data=a%3Db%26c%0A%C3%BC%25&type=greeting&private=on", request.postData());
        assertEquals(1, sent.size());
        assertEquals(List.of(), chromium.problems());
    }

    @Test
    void publishesWithoutATokenWhereTheServerAllowsIt() {
        respond(200, "text/plain", "e1-1");
        open("");
        assertThat(page.locator("#publish")).containsText("To publish from this page, append a token to its address");
        assertThat(page.locator("#publish-form")).isHidden();
        assertThat(page.locator("#forget")).isHidden();
        page.locator("#write").click();
        assertThat(page.locator("#event-data")).isFocused();
        assertThat(page.locator("#event-topic")).hasValue("news/today");
        page.locator("#event-data").fill("hello");
        page.keyboard().press("Control+Enter");

        assertThat(page.locator("#outcome")).hasText("Published as e1-1");
        assertNull(sent.get(0).allHeaders().get("authorization"));
        assertEquals("topic=news%2Ftoday&data=hello", sent.get(0).postData());
        assertEquals(1, sent.size());
        page.locator("#show-it").click();
        assertThat(page).hasURL(courant.uri().resolve("?topic=news/today").toString());
        assertThat(page.locator("#show-it")).isHidden();
    }

    @Test
    void removesARejectedTokenAndKeepsTheForm() {
        respond(401, "application/problem+json", "{\"detail\":\"This token has expired.\"}");
        open("?topic=box/expired#token=" + TOKEN);
        write("not lost");
        assertThat(page.locator("#outcome")).hasText("This token has expired. The token was removed.");
        assertThat(page.locator("#without-token")).isVisible();
        assertThat(page.locator("#event-data")).hasValue("not lost");
        assertEquals(0, page.evaluate("sessionStorage.length"));
        page.locator("#send").click();
        assertThat(page.locator("#outcome")).hasText("This token has expired.");
        assertNull(sent.get(1).allHeaders().get("authorization"));
    }

    @ParameterizedTest
    @CsvSource({
        "403, application/problem+json, '{\"detail\":\"Not to this topic.\"}', Not to this topic.",
        "503, application/problem+json;charset=UTF-8, '{\"title\":\"Stopping\"}', Stopping",
        "502, text/html, <h1>Bad gateway</h1>, The server responded with 502 and no reason.",
        "500, application/problem+json, <b>, The server responded with 500 and no reason."
    })
    void showsWhyTheServerRefusesTheEvent(int status, String type, String body, String shown) {
        respond(status, type, body);
        open("?topic=box/refused#token=" + TOKEN);
        write("still here");
        assertThat(page.locator("#outcome")).hasText(shown);
        assertThat(page.locator("#outcome")).hasAttribute("role", "status");
        assertThat(page.locator("#event-data")).hasValue("still here");
        assertThat(page.locator("#with-token")).isVisible();
        assertThat(page.locator("#send")).isEnabled();
    }

    @Test
    void reportsThatTheServerCannotBeReached() {
        onPublish(Route::abort);
        open("?topic=box/gone#token=" + TOKEN);
        write("still here");
        assertThat(page.locator("#outcome")).containsText("The server cannot be reached, or closed the connection.");
        assertThat(page.locator("#event-data")).hasValue("still here");
    }

    @Test
    void sendsOneRequestAtATimeAndStopsAfterATimeout() {
        onPublish(route -> {});
        page.clock().install();
        open("?topic=box/slow#token=" + TOKEN);
        write("waits");
        assertThat(page.locator("#send")).isDisabled();
        assertThat(page.locator("#outcome")).hasText("Sending");
        page.locator("#event-data").press("Control+Enter");
        page.clock().runFor(15_000);
        assertThat(page.locator("#outcome")).containsText("The server did not respond within 15 seconds.");
        assertThat(page.locator("#send")).isEnabled();
        assertEquals(1, sent.size());
    }

    @Test
    void receivesTheTypeThatItPublishes() {
        page.addInitScript("""
                const native = EventSource.prototype.addEventListener;
                window.listened = [];
                EventSource.prototype.addEventListener = function (type, ...rest) {
                  listened.push(type);
                  return native.call(this, type, ...rest);
                };
                """);
        respond(200, "text/plain", "e1-3");
        open("?topic=box/typed#token=" + TOKEN);
        page.locator("#event-type").fill("greeting");
        write("typed");
        assertThat(page.locator("#outcome")).hasText("Published as e1-3");
        write("typed again");
        page.waitForFunction("() => listened.filter(type => type === 'greeting').length === 1");
        page.locator("#numbers").click();
        page.waitForFunction("() => listened.filter(type => type === 'greeting').length === 2");
    }

    @ParameterizedTest
    @CsvSource({"LIGHT, 360", "LIGHT, 1280", "DARK, 360", "DARK, 1280"})
    void fitsTheWindowAndIsAccessible(ColorScheme scheme, int width) {
        reopenTab(scheme, width);
        String shape = scheme.name().toLowerCase(Locale.ROOT) + "-" + width;
        respond(200, "text/plain", "urn:uuid:" + "0".repeat(100));
        open("?topic=box/" + shape + "#token=" + TOKEN);
        page.locator("#event-topic").fill("elsewhere");
        write("seen");
        assertThat(page.locator("#show-it")).isVisible();
        saveScreenshot("published-" + shape);
        assertFitsAndIsAccessible(width);
        assertEquals(List.of(), chromium.problems());

        respond(403, "application/problem+json", "{\"detail\":\"" + "No".repeat(200) + "\"}");
        write("seen");
        assertThat(page.locator("#outcome")).containsText("NoNo");
        saveScreenshot("unpublished-" + shape);
        assertFitsAndIsAccessible(width);
    }

    private void write(String data) {
        page.locator("#event-data").fill(data);
        page.locator("#send").click();
    }

    private void respond(int status, String type, String body) {
        onPublish(route -> route.fulfill(new Route.FulfillOptions()
                .setStatus(status)
                .setContentType(type)
                .setBody(body)));
    }

    private void onPublish(Consumer<Route> handler) {
        page.unroute(PUBLISH);
        page.route(PUBLISH, route -> {
            sent.add(route.request());
            handler.accept(route);
        });
    }
}
