package dev.courant.it.examples;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import dev.courant.brokers.FreePorts;
import dev.courant.support.Chromium;
import dev.courant.support.CourantProcess;
import dev.courant.support.ExampleProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests the pages and publishers of {@code examples/use-cases}, deployed beside Courant. */
class UseCasesIT {

    private static final Path EXAMPLES = Path.of("examples", "use-cases");
    private static final int MAX_LINES = 60;

    private static Chromium chromium;
    private static CourantProcess courant;

    private final List<Integer> statuses = new ArrayList<>();
    private Page page;

    @BeforeAll
    static void start() throws Exception {
        if (Chromium.isInstalled()) {
            courant = CourantProcess.start(
                    FreePorts.free(),
                    List.of("-Dcourant.publish.anonymous=examples/**"),
                    "--deploy",
                    EXAMPLES.toAbsolutePath().toString());
            chromium = Chromium.start();
        }
    }

    @AfterAll
    static void stop() throws Exception {
        if (courant != null) {
            chromium.close();
            courant.close();
        }
    }

    @BeforeEach
    void assumeInstalled() {
        Chromium.assumeInstalled();
    }

    @AfterEach
    void assertAccessibleAndWithoutProblems() {
        if (page != null) {
            assertEquals(List.of(), new AxeBuilder(page).analyze().getViolations());
            List<String> problems = new ArrayList<>(chromium.problems());
            problems.removeIf(problem -> problem.contains("net::ERR_ABORTED")); // an EventSource that gets 204
            assertEquals(List.of(), problems);
        }
    }

    @Test
    void newsBeginsWithTheNewestHeadlines() throws Exception {
        try (ExampleProcess publisher = ExampleProcess.script("use-cases/news.sh", courant.uri())) {
            open("news.html");
            assertThat(page.locator("li")).hasCount(3);
            assertThat(page.locator("li.breaking")).hasText("Storm warning for the coast");
        }
    }

    @Test
    void dashboardIsCompleteAtOnce() throws Exception {
        try (ExampleProcess publisher = ExampleProcess.script("use-cases/dashboard.sh", courant.uri())) {
            open("dashboard.html");
            assertThat(page.locator("dd")).hasCount(3);
            String time = page.locator("#figure-time").textContent();
            assertThat(page.locator("#figure-time")).not().hasText(time);
        }
    }

    @Test
    void chatShowsEarlierMessages() {
        open("chat.html");
        page.locator("[name=name]").fill("Ada");
        page.locator("[name=text]").fill("Hello <b>all</b>");
        page.locator("button").click();
        assertThat(page.locator("li")).hasText("Ada: Hello <b>all</b>");
        assertThat(page.locator("[name=text]")).isEmpty();
        open("chat.html");
        assertThat(page.locator("li")).hasText("Ada: Hello <b>all</b>");
    }

    @Test
    void progressEnds() throws Exception {
        try (ExampleProcess publisher = ExampleProcess.script("use-cases/progress.sh", courant.uri())) {
            open(publisher.awaitAddress());
            assertThat(page.locator("#step")).hasText(Pattern.compile("Packing file \\d+ of 10"));
            assertThat(page.locator("#step")).hasText("All 10 files are packed");
            page.waitForCondition(() -> statuses.contains(204));
        }
    }

    @Test
    void anAnswerEndsAndCanBeReadAgain() throws Exception {
        try (ExampleProcess publisher = ExampleProcess.script("use-cases/answer.sh", courant.uri())) {
            open(publisher.awaitAddress());
            assertThat(page.locator("#state")).hasText("Complete");
            page.waitForCondition(() -> statuses.contains(204));
            String answer = page.locator("#answer").textContent();
            assertTrue(answer.startsWith("Every word is an event") && answer.endsWith("it has. "), answer);
            page.reload();
            assertThat(page.locator("#state")).hasText("Complete");
            assertEquals(answer, page.locator("#answer").textContent());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"news", "dashboard", "chat", "progress", "answer"})
    void aUseCaseHasFewLines(String name) throws Exception {
        int lines = 0;
        for (String type : List.of(".html", ".js", ".sh")) {
            Path file = EXAMPLES.resolve(name + type);
            lines += Files.exists(file) ? Files.readAllLines(file).size() : 0;
        }
        assertTrue(lines < MAX_LINES, name + " has " + lines + " lines");
    }

    private void open(String address) {
        page = chromium.openTab(ColorScheme.DARK, 360);
        page.onResponse(response -> statuses.add(response.status()));
        page.navigate(courant.uri().resolve("/use-cases/").resolve(address).toString());
    }
}
