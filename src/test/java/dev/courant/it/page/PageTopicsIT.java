package dev.courant.it.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.ColorScheme;
import dev.courant.brokers.BrokerNetwork;
import dev.courant.brokers.FreePorts;
import dev.courant.it.journal.PublishLoop;
import dev.courant.support.Chromium;
import dev.courant.support.CourantProcess;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
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

/** The topics on the page: how they are chosen, what their address is, and what is shown of them. */
class PageTopicsIT {

    private static final List<String> ANYONE_PUBLISHES = List.of("-Dcourant.publish.anonymous=**");
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private static Chromium chromium;
    private static CourantProcess courant;

    private Page page;

    @BeforeAll
    static void start() throws Exception {
        if (Chromium.isInstalled()) {
            PlaywrightAssertions.setDefaultAssertionTimeout(30_000);
            chromium = Chromium.start();
            courant = CourantProcess.start(FreePorts.free(), ANYONE_PUBLISHES);
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
    void showsTheTopicThatWasTypedAndNothingOfTheNumbersBeforeIt() throws Exception {
        openNumbers();
        choose("show", " news/typed here ");
        assertThat(page)
                .hasURL(courant.uri().resolve("?topic=news/typed%20here").toString());
        assertThat(page).hasTitle("news/typed here · Courant");
        assertThat(page.locator("#shown li span")).hasText("news/typed here");
        assertThat(page.locator("#command"))
                .hasText("curl -N '" + courant.uri().resolve("sse?topic=news/typed%20here") + "'");
        assertThat(page.locator("#live")).isHidden();
        assertThat(page.locator("#received")).hasText("0");
        assertThat(page.locator("#last-id")).hasText("–");
        assertThat(page.locator("#latency")).hasText("–");
        assertThat(page.locator("#nothing")).isVisible();

        publish("news/typed%20here", "one\n  line more");
        assertThat(page.locator("#entries .text")).hasText("one\n  line more");
        assertThat(page.locator("#received")).hasText("1");
        assertThat(page.locator("#nothing")).isHidden();
    }

    @Test
    void asksForNothingThatAnotherTopicHasSent() {
        openNumbers();
        List<String> asked = new ArrayList<>();
        page.onRequest(request -> asked.add(request.url()));
        choose("show", "news/fresh");
        assertThat(page.locator("#state")).hasText("Live");
        assertEquals(
                List.of(courant.uri()
                        .resolve("sse?topic=news%2Ffresh&heartbeat=event")
                        .toString()),
                asked.stream().filter(url -> url.contains("/sse")).toList());
    }

    @Test
    void goesBackAndForwardBetweenChoicesAndSurvivesAReload() {
        openNumbers();
        choose("show", "news/a");
        choose("show", "news/b");
        page.goBack();
        assertShown("news/a");
        page.goBack();
        assertThat(page.locator("#shown")).hasText("the numbers");
        assertThat(page.locator("#entries .number").first()).isVisible();
        page.goForward();
        page.goForward();
        assertShown("news/b");
        page.reload();
        assertShown("news/b");
    }

    @Test
    void showsSeveralTopicsUntilTheLastIsTakenAway() throws Exception {
        open("?topic=several/a");
        choose("add", "several/b?&=#'é");
        assertShown("several/a", "several/b?&=#'é");
        assertThat(page.locator("#state")).hasText("Live");
        publish("several/a", "{\"value\":1}");
        publish("several/b%3F&=%23'%C3%A9", "from b");
        assertThat(page.locator("#entries .text")).hasText(new String[] {"from b", "{\"value\":1}"});
        assertThat(page.locator("#live")).isHidden();

        page.getByLabel("Stop showing several/a").click();
        assertThat(page.locator("#topic")).isFocused();
        assertShown("several/b?&=#'é");
        page.getByLabel("Stop showing several/b?&=#'é").click();
        assertThat(page.locator("#shown")).hasText("the numbers");
        assertThat(page).hasURL(courant.uri().toString());
        assertThat(page.locator("#add")).isHidden();
    }

    @Test
    void showsEarlierEventsOfATopicAfterAReload() throws Exception {
        publish("earlier", "from before");
        open("?topic=earlier");
        assertThat(page.locator("#nothing")).containsText("Nothing has come since the page was opened.");
        page.locator("#earlier").click();
        assertThat(page.locator("#entries .text")).hasText("from before");
        assertThat(page.locator("#nothing")).isHidden();
    }

    @Test
    void saysThatAStreamOfSeveralTopicsDoesNotNameThem() {
        open("?topic=several/c&topic=several/d");
        assertThat(page.locator("#order")).containsText("does not say which of them an event is of");
        page.getByLabel("Stop showing several/c").click();
        assertThat(page.locator("#order")).hasText("newest first, at most 200");
    }

    @Test
    void saysThatNoNumberComesWhereTheNumbersAreOff() throws Exception {
        try (CourantProcess without = CourantProcess.start(FreePorts.free(), List.of("-Dcourant.numbers=false"))) {
            page.navigate(without.uri().toString());
            assertThat(page.locator("#no-chart")).containsText("courant.numbers=false");
            assertThat(page.locator("#state")).hasText("Live");
        }
    }

    /** Nothing is closed: the packets alone go nowhere, as when a laptop has changed its network. */
    @Test
    void noticesThatNothingComesThroughAnyMoreThoughTheTopicIsQuiet() throws Exception {
        int port = FreePorts.free();
        try (CourantProcess beating = CourantProcess.start(
                        port, List.of("-Dcourant.heartbeat=1s", "-Dcourant.publish.anonymous=**"));
                BrokerNetwork network = new BrokerNetwork(FreePorts.free(), port)) {
            page.navigate("http://127.0.0.1:" + network.port() + "/?topic=quiet");
            assertThat(page.locator("#state")).hasText("Live");
            network.stall();
            assertThat(page.locator("#state")).hasText("Gone silent, reconnecting");
            assertEquals(201, PublishLoop.post(CLIENT, beating.uri().resolve("sse/quiet"), "missed"));
            network.restore();
            assertThat(page.locator("#state")).hasText("Live");
            assertThat(page.locator("#entries .raw .text")).hasText("missed");
        }
    }

    @Test
    void drawsTheValuesOfOneTopicAndSurvivesThoseThatCannotBeDrawn() throws Exception {
        open("?topic=values");
        assertThat(page.locator("#live")).isHidden();
        publish("values", "{\"value\":1e308,\"timestamp\":1e300}");
        publish("values", "{\"value\":21.5,\"timestamp\":1e300}");
        assertThat(page.locator("#value")).hasText("21.5");
        assertThat(page.locator("#chart canvas")).isVisible();
        assertThat(page.locator("#entries .number .text")).hasText("{\"value\":21.5,\"timestamp\":1e300}");
        assertThat(page.locator("#entries .raw .text")).hasText("{\"value\":1e308,\"timestamp\":1e300}");
        assertEquals(List.of(), chromium.problems());

        page.locator("#numbers").click();
        assertThat(page.locator("#value")).hasText(Pattern.compile("0\\.\\d{4}"));
        assertThat(page.locator("#entries .number").first()).isVisible();
    }

    @Test
    void takesAnEventNamedErrorForAnEvent() throws Exception {
        open("?topic=names");
        publish("names?type=error", "no failure");
        publish("names?type=open", "no opening");
        assertThat(page.locator("#entries .text")).hasText(new String[] {"open no opening", "error no failure"});
        assertThat(page.locator("#state")).hasText("Live");
        assertThat(page.locator("#reconnects")).hasText("0");
    }

    @Test
    void saysWhyTheServerRefusesATopic() {
        page.navigate(courant.uri().resolve("?topic=*").toString());
        assertThat(page.locator("#state")).hasText("Refused, reconnecting");
        assertThat(page.locator("#detail")).containsText("This cannot be a topic: the topic '*' is reserved.");
        choose("show", "allowed");
        assertThat(page.locator("#state")).hasText("Live");
    }

    @ParameterizedTest
    @CsvSource({"LIGHT, 360", "LIGHT, 1280", "DARK, 360", "DARK, 1280"})
    void fitsTheWindowAndIsAccessible(ColorScheme scheme, int width) throws Exception {
        closeTab();
        page = chromium.openTab(scheme, width);
        String shape = scheme.name().toLowerCase(Locale.ROOT) + "-" + width;
        open("?topic=shape/" + shape + "&topic=a/long/one/" + "x".repeat(200));
        publish("shape/" + shape, "{\"title\":\"" + "y".repeat(300) + "\"}");
        publish("shape/" + shape + "?type=open", "and words that have spaces between them, " + "z ".repeat(50));
        assertThat(page.locator("#entries .raw")).hasCount(2);
        page.screenshot(new Page.ScreenshotOptions()
                .setPath(Path.of("target", "screenshots", "topics-" + shape + ".png"))
                .setFullPage(true));
        assertEquals(width, page.evaluate("document.documentElement.scrollWidth"));
        assertEquals(List.of(), new AxeBuilder(page).analyze().getViolations());
        assertEquals(List.of(), chromium.problems());
    }

    private void openNumbers() {
        page.navigate(courant.uri().toString());
        assertThat(page.locator("#entries .number").first()).isVisible();
    }

    private void open(String query) {
        page.navigate(courant.uri().resolve(query).toString());
        assertThat(page.locator("#state")).hasText("Live");
    }

    private void choose(String button, String topic) {
        page.locator("#topic").fill(topic);
        page.locator("#" + button).click();
    }

    private void assertShown(String... topics) {
        assertThat(page.locator("#shown li span")).hasText(topics);
    }

    private static void publish(String topic, String data) throws IOException, InterruptedException {
        URI address = URI.create(courant.uri() + "sse/" + topic);
        assertEquals(201, PublishLoop.post(CLIENT, address, data));
    }
}
