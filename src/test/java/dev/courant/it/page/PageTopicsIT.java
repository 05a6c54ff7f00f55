package dev.courant.it.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.options.ColorScheme;
import dev.courant.brokers.BrokerNetwork;
import dev.courant.brokers.FreePorts;
import dev.courant.it.journal.PublishLoop;
import dev.courant.support.CourantProcess;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests how a user chooses topics, the address of the page, and how it shows the events of topics. */
class PageTopicsIT extends PageTestCase {

    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    @Test
    void showsTheEnteredTopicWithoutTheNumbers() throws Exception {
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
    void doesNotResumeFromAnIdOfAnotherTopic() {
        openNumbers();
        List<String> requested = new ArrayList<>();
        page.onRequest(request -> requested.add(request.url()));
        choose("show", "news/fresh");
        assertThat(page.locator("#state")).hasText("Live");
        assertEquals(
                List.of(courant.uri()
                        .resolve("sse?topic=news%2Ffresh&heartbeat=event")
                        .toString()),
                requested.stream().filter(url -> url.contains("/sse")).toList());
    }

    @Test
    void supportsTheHistoryAndReloads() {
        openNumbers();
        choose("show", "news/a");
        choose("show", "news/b");
        page.goBack();
        assertShown("news/a");
        page.goBack();
        assertThat(page.locator("#shown")).hasText("random numbers");
        assertThat(page.locator("#entries .number").first()).isVisible();
        page.goForward();
        page.goForward();
        assertShown("news/b");
        page.reload();
        assertShown("news/b");
    }

    @Test
    void showsSeveralTopicsUntilTheLastIsRemoved() throws Exception {
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
        assertThat(page.locator("#shown")).hasText("random numbers");
        assertThat(page).hasURL(courant.uri().toString());
        assertThat(page.locator("#add")).isHidden();
    }

    @Test
    void showsEarlierEventsOfATopicAfterAReload() throws Exception {
        publish("earlier", "from before");
        open("?topic=earlier");
        assertThat(page.locator("#nothing")).containsText("No event has arrived since the page was opened.");
        page.locator("#earlier").click();
        assertThat(page.locator("#entries .text")).hasText("from before");
        assertThat(page.locator("#nothing")).isHidden();
    }

    @Test
    void explainsThatAStreamOfSeveralTopicsDoesNotNameThem() {
        open("?topic=several/c&topic=several/d");
        assertThat(page.locator("#order")).containsText("does not contain the topic of an event");
        page.getByLabel("Stop showing several/c").click();
        assertThat(page.locator("#order")).hasText("newest first, at most 200");
    }

    @Test
    void explainsThatTheServerSendsNoNumbers() throws Exception {
        try (CourantProcess without = CourantProcess.start(FreePorts.free(), List.of("-Dcourant.numbers=false"))) {
            page.navigate(without.uri().toString());
            assertThat(page.locator("#no-chart")).containsText("courant.numbers=false");
            assertThat(page.locator("#state")).hasText("Live");
        }
    }

    /** Simulates a laptop that changes its network: all packets are lost, but the connection stays open. */
    @Test
    void detectsADeadConnectionOfAQuietTopic() throws Exception {
        int port = FreePorts.free();
        try (CourantProcess beating = CourantProcess.start(
                        port, List.of("-Dcourant.heartbeat=1s", "-Dcourant.publish.anonymous=**"));
                BrokerNetwork network = new BrokerNetwork(FreePorts.free(), port)) {
            page.navigate("http://127.0.0.1:" + network.port() + "/?topic=quiet");
            assertThat(page.locator("#state")).hasText("Live");
            network.stall();
            assertThat(page.locator("#state")).hasText("Connection silent, reconnecting");
            assertEquals(201, PublishLoop.post(CLIENT, beating.uri().resolve("sse/quiet"), "missed"));
            network.restore();
            assertThat(page.locator("#state")).hasText("Live");
            assertThat(page.locator("#entries .raw .text")).hasText("missed");
        }
    }

    @Test
    void drawsTheValuesOfOneTopicExceptExtremeOnes() throws Exception {
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
    void showsPublishedEventsOfTheTypesErrorAndOpen() throws Exception {
        open("?topic=names");
        publish("names?type=error", "no failure");
        publish("names?type=open", "no opening");
        assertThat(page.locator("#entries .text")).hasText(new String[] {"open no opening", "error no failure"});
        assertThat(page.locator("#state")).hasText("Live");
        assertThat(page.locator("#reconnects")).hasText("0");
    }

    @Test
    void showsWhyTheServerRefusesATopic() {
        page.navigate(courant.uri().resolve("?topic=*").toString());
        assertThat(page.locator("#state")).hasText("Refused, reconnecting");
        assertThat(page.locator("#detail")).containsText("This cannot be a topic: the topic '*' is reserved.");
        choose("show", "allowed");
        assertThat(page.locator("#state")).hasText("Live");
    }

    @ParameterizedTest
    @CsvSource({"LIGHT, 360", "LIGHT, 1280", "DARK, 360", "DARK, 1280"})
    void fitsTheWindowAndIsAccessible(ColorScheme scheme, int width) throws Exception {
        reopenTab(scheme, width);
        String shape = scheme.name().toLowerCase(Locale.ROOT) + "-" + width;
        open("?topic=shape/" + shape + "&topic=a/long/one/" + "x".repeat(200));
        publish("shape/" + shape, "{\"title\":\"" + "y".repeat(300) + "\"}");
        publish("shape/" + shape + "?type=open", "and words that have spaces between them, " + "z ".repeat(50));
        assertThat(page.locator("#entries .raw")).hasCount(2);
        saveScreenshot("topics-" + shape);
        assertFitsAndIsAccessible(width);
        assertEquals(List.of(), chromium.problems());
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
