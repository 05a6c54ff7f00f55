package dev.courant.it.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.ColorScheme;
import dev.courant.support.Chromium;
import dev.courant.support.CourantProcess;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the page says and does in each state of a connection; the EventSource and the clock are the test's. */
class PageStatesIT {

    /** Remembers each EventSource that the page makes, the newest as {@code window.source}. */
    private static final String EVENT_SOURCE = """
            window.made = [];
            window.EventSource = class extends EventTarget {
              readyState = 0;
              constructor(address) { super(); this.address = String(address); made.push(this); window.source = this; }
              open() { this.readyState = 1; this.onopen(); }
              fail(readyState) { this.readyState = readyState; this.onerror(); }
              receive(lastEventId, data, type = 'message') {
                const event = new MessageEvent(type, { lastEventId, data });
                if (type === 'message') this.onmessage(event); else this.dispatchEvent(event);
              }
              close() { this.readyState = 2; }
            };
            """;

    private static Chromium chromium;
    private static CourantProcess courant;

    private Page page;

    @BeforeAll
    static void start() throws Exception {
        if (Chromium.isInstalled()) {
            PlaywrightAssertions.setDefaultAssertionTimeout(30_000);
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
    void openPage() {
        Chromium.assumeInstalled();
        page = chromium.openTab(ColorScheme.LIGHT, 1280);
        page.addInitScript(EVENT_SOURCE);
        page.clock().install();
        page.navigate(courant.uri().toString());
        assertThat(page.locator("#state")).hasText("Connecting");
    }

    @AfterEach
    void closeTab() {
        if (page != null) {
            page.context().close();
        }
    }

    @Test
    void saysThatAnOpenStreamHasGoneSilentAndThenOpensItAnew() {
        receive("a-7", number(1, 0.25));
        page.clock().runFor(8_000);
        assertThat(page.locator("#state")).hasText("Live, but silent");
        assertThat(page.locator("#detail")).hasText(Pattern.compile("Nothing has come for \\d+ s\\."));
        page.clock().runFor(30_000);
        assertThat(page.locator("#state")).hasText("Gone silent, reconnecting");
        assertEquals(
                courant.uri().resolve("sse?heartbeat=event&lastEventId=a-7").toString(),
                page.evaluate("source.address"));
    }

    @Test
    void takesAQuietTopicForQuietAndNotForDead() {
        openQuietTopic();
        for (int i = 0; i < 8; i++) {
            page.clock().runFor(15_000);
            beat(15_000);
        }
        assertThat(page.locator("#detail")).hasText("Connected for 2 min 0 s.");
        assertThat(page.locator("#state")).hasText("Live");
        assertThat(page.locator("#received")).hasText("0");
        assertEquals(1, page.evaluate("made.length"));
    }

    @Test
    void noticesThatTheConnectionOfAQuietTopicHasDiedOnceTwoHeartbeatsAreMissing() {
        openQuietTopic();
        beat(20_000);
        page.clock().runFor(38_000);
        assertThat(page.locator("#state")).hasText("Live");
        page.clock().runFor(4_000);
        assertThat(page.locator("#state")).hasText("Gone silent, reconnecting");
        assertEquals(2, page.evaluate("made.length"));
    }

    @Test
    void showsAnEventOfAPublisherThatIsCalledHeartbeat() {
        openQuietTopic();
        page.evaluate("source.receive('a-1', '{\"milliseconds\":\"soon\"}', 'heartbeat')");
        assertThat(page.locator("#entries .text")).containsText("soon");
    }

    @Test
    void saysThatOtherTabsHaveTakenTheConnectionsAndOpensOnceOneIsFree() {
        Page sixth = page.context().newPage();
        sixth.addInitScript("""
                window.held = 5;
                window.BroadcastChannel = class {
                  addEventListener(type, listener) { this.listener = listener; }
                  postMessage() { for (let i = 0; i < held; i++) this.listener({ data: 'held' }); }
                };
                """);
        sixth.navigate(courant.uri().toString());
        assertThat(sixth.locator("#state")).hasText("Waiting for other tabs");
        assertThat(sixth.locator("#detail")).containsText("a browser opens six connections");
        sixth.evaluate("held = 4");
        assertThat(sixth.locator("#state")).hasText("Live");
    }

    @Test
    void tellsOtherTabsThatItHoldsAStream() {
        assertEquals("held", page.evaluate("""
                () => new Promise(answered => {
                  const other = new BroadcastChannel('courant streams');
                  other.onmessage = ({ data }) => answered(data);
                  other.postMessage('who holds a stream?');
                })"""));
    }

    @Test
    void triesAgainByItselfAfterTheBrowserHasGivenUp() {
        // Else the wait that is to be read runs out while it is looked for.
        page.clock().pauseAt(System.currentTimeMillis() + 1_000);
        page.evaluate("source.fail(2)");
        assertThat(page.locator("#state")).hasText("Refused, reconnecting");
        assertThat(page.locator("#detail")).containsText("Attempt 1 in 1 s");
        page.clock().runFor(1_000);
        assertEquals(2, page.evaluate("made.length"));
        page.evaluate("source.fail(2)");
        assertThat(page.locator("#detail")).containsText("Attempt 2 in");
        page.locator("#reconnect").click();
        assertEquals(3, page.evaluate("made.length"));
        page.evaluate("source.open()");
        assertThat(page.locator("#state")).hasText("Live");
        assertThat(page.locator("#drop")).isVisible();
    }

    @Test
    void saysThatTheServerIsFullWhenAStreamEndsEmpty() {
        page.evaluate("source.open()");
        page.evaluate("source.fail(0)");
        assertThat(page.locator("#state")).hasText("The server is full, waiting");
        assertThat(page.locator("#detail")).containsText("no room for another stream");
    }

    @Test
    void countsTheBrowsersOwnAttempts() {
        receive("a-1", number(1, 0.25));
        page.evaluate("source.fail(0)");
        page.evaluate("source.fail(0)");
        assertThat(page.locator("#state")).hasText("Connection lost, reconnecting");
        assertThat(page.locator("#detail")).containsText("Attempt 2;");
        assertEquals(1, page.evaluate("made.length"));
    }

    @Test
    void showsWhatIsNoNumberAsText() {
        receive("a-1", "<b onclick=alert(1)>not JSON</b>");
        receive("a-2", "null");
        receive("a-3", number(1, 0.25));
        assertThat(page.locator("#value")).hasText("0.2500");
        assertThat(page.locator("#entries .raw .text"))
                .hasText(new String[] {"null", "<b onclick=alert(1)>not JSON</b>"});
        assertThat(page.locator("#received")).hasText("3");
    }

    @Test
    void countsGapsAndDuplicates() {
        receive("a-1", number(1, 0.1));
        receive("a-1", number(1, 0.1));
        receive("a-5", number(2, 0.2));
        assertThat(page.locator("#duplicates")).hasText("1");
        assertThat(page.locator("#gaps")).hasText("0");
        page.evaluate("data => source.receive('b-3', data, 'gap')", "{\"requested\":\"a-5\",\"resumed\":\"b-3\"}");
        receive("b-4", number(3, 0.3));
        assertThat(page.locator("#gaps")).hasText("1");
        assertThat(page.locator("#entries .note").first())
                .containsText("events after a-5 may be missing; the stream continues after b-3");
    }

    @Test
    void showsNoNegativeLatencyWhenTheClocksDiffer() {
        receive("a-1", "{\"timestamp\":" + (System.currentTimeMillis() + 3_600_000) + ",\"value\":0.5}");
        assertThat(page.locator("#latency")).hasText("0 ms");
        assertThat(page.locator("#latency-note")).containsText("clocks differ");
    }

    @Test
    void closesOnLeavingAndResumesOnComingBackFromTheCache() {
        receive("a-9", number(1, 0.5));
        page.evaluate("dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }))");
        assertEquals(2, page.evaluate("source.readyState"));
        assertThat(page.locator("#state")).hasText("Closed");
        page.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))");
        page.waitForFunction("() => made.length === 2");
        assertEquals(
                courant.uri().resolve("sse?heartbeat=event&lastEventId=a-9").toString(),
                page.evaluate("source.address"));
    }

    @Test
    void saysThatTheDeviceIsOfflineAndTriesAtOnceWhenItIsBack() {
        // Else the page has tried again by itself before it is said to be offline.
        page.clock().pauseAt(System.currentTimeMillis() + 1_000);
        page.evaluate("source.fail(2)");
        page.context().setOffline(true);
        assertThat(page.locator("#detail")).containsText("This device says that it is offline.");
        page.context().setOffline(false);
        assertThat(page.locator("#detail")).not().containsText("offline");
        assertEquals(2, page.evaluate("made.length"));
    }

    private void openQuietTopic() {
        page.navigate(courant.uri().resolve("?topic=quiet").toString());
        page.waitForFunction("() => window.source");
        page.evaluate("source.open()");
    }

    private void beat(int milliseconds) {
        page.evaluate("data => source.receive('', data, 'heartbeat')", "{\"milliseconds\":" + milliseconds + "}");
    }

    private void receive(String id, String data) {
        page.evaluate("""
                ({ id, data }) => {
                  if (source.readyState === 0) source.open();
                  source.receive(id, data);
                }""", Map.of("id", id, "data", data));
    }

    private static String number(long timestamp, double value) {
        return "{\"timestamp\":" + timestamp + ",\"value\":" + value + "}";
    }
}
