package dev.courant.it.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.Page;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tests the text and the behaviour of the page in each state of the connection, with a stub EventSource and clock. */
class PageStatesIT extends PageTestCase {

    /** A stub EventSource. {@code window.made} contains all instances, and {@code window.source} is the newest. */
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

    @BeforeEach
    void openPage() {
        page.addInitScript(EVENT_SOURCE);
        page.clock().install();
        page.navigate(courant.uri().toString());
        assertThat(page.locator("#state")).hasText("Connecting");
    }

    @Test
    void reportsASilentStreamAndThenReconnects() {
        receive("a-7", number(1, 0.25));
        page.clock().runFor(8_000);
        assertThat(page.locator("#state")).hasText("Live, but silent");
        assertThat(page.locator("#detail")).hasText(Pattern.compile("No event for \\d+\\ss\\."));
        page.clock().runFor(30_000);
        assertThat(page.locator("#state")).hasText("Connection silent, reconnecting");
        assertEquals(
                courant.uri().resolve("sse?heartbeat=event&lastEventId=a-7").toString(),
                page.evaluate("source.address"));
    }

    @Test
    void keepsTheStreamOfAQuietTopicThatSendsHeartbeats() {
        openQuietTopic();
        for (int i = 0; i < 8; i++) {
            page.clock().runFor(15_000);
            beat(15_000);
        }
        assertThat(page.locator("#detail")).hasText(Pattern.compile("Connected for 2\\smin \\d+\\ss\\."));
        assertThat(page.locator("#state")).hasText("Live");
        assertThat(page.locator("#received")).hasText("0");
        assertEquals(1, page.evaluate("made.length"));
    }

    @Test
    void reconnectsIfTwoHeartbeatsAreMissing() {
        openQuietTopic();
        beat(20_000);
        page.clock().runFor(38_000);
        assertThat(page.locator("#state")).hasText("Live");
        page.clock().runFor(4_000);
        assertThat(page.locator("#state")).hasText("Connection silent, reconnecting");
        assertEquals(2, page.evaluate("made.length"));
    }

    @Test
    void showsPublishedEventsOfTheTypeHeartbeat() {
        openQuietTopic();
        page.evaluate("source.receive('a-1', '{\"milliseconds\":\"soon\"}', 'heartbeat')");
        assertThat(page.locator("#entries .text")).containsText("soon");
    }

    @Test
    void waitsUntilTheOtherTabsLeaveAConnectionFree() {
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
        assertThat(sixth.locator("#detail")).containsText("a browser opens at most six connections");
        sixth.evaluate("held = 4");
        assertThat(sixth.locator("#state")).hasText("Live");
    }

    @Test
    void reportsItsStreamToOtherTabs() {
        assertEquals("held", page.evaluate("""
                () => new Promise(answered => {
                  const other = new BroadcastChannel('courant streams');
                  other.onmessage = ({ data }) => answered(data);
                  other.postMessage('who holds a stream?');
                })"""));
    }

    @Test
    void reconnectsAfterTheBrowserHasGivenUp() {
        // With a running clock the delay would end before the test reads it.
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
    void reportsAFullServerIfAStreamEndsEmpty() {
        page.evaluate("source.open()");
        page.evaluate("source.fail(0)");
        assertThat(page.locator("#state")).hasText("The server is full, waiting");
        assertThat(page.locator("#detail")).containsText("has reached its limit of streams");
    }

    @Test
    void countsTheReconnectsOfTheBrowser() {
        receive("a-1", number(1, 0.25));
        page.evaluate("source.fail(0)");
        page.evaluate("source.fail(0)");
        assertThat(page.locator("#state")).hasText("Connection lost, reconnecting");
        assertThat(page.locator("#detail")).containsText("Attempt 2;");
        assertEquals(1, page.evaluate("made.length"));
    }

    @Test
    void showsOtherDataThanNumbersAsText() {
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
    void showsNoNegativeLatencyIfTheClocksDiffer() {
        receive("a-1", "{\"timestamp\":" + (System.currentTimeMillis() + 3_600_000) + ",\"value\":0.5}");
        assertThat(page.locator("#latency")).hasText("0 ms");
        assertThat(page.locator("#latency-note")).containsText("clocks differ");
    }

    @Test
    void closesTheStreamOnLeavingAndResumesFromTheCache() {
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
    void reportsAnOfflineDeviceAndReconnectsOnceItIsOnline() {
        // With a running clock the page would reconnect before the test sets it offline.
        page.clock().pauseAt(System.currentTimeMillis() + 1_000);
        page.evaluate("source.fail(2)");
        page.context().setOffline(true);
        assertThat(page.locator("#detail")).containsText("This device is offline.");
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
