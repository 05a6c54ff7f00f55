package dev.courant.support;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.ConsoleMessage;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.Request;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.ColorScheme;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** The Chromium that is installed on this machine; none is downloaded. Not thread-safe; used by the thread that starts it. */
public final class Chromium implements AutoCloseable {

    private static final List<String> NAMES = List.of("chromium", "chromium-browser", "google-chrome");

    private static final List<String> ARGUMENTS = List.of(
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync");

    private final Queue<String> problems = new ConcurrentLinkedQueue<>();
    private final Playwright playwright;
    private final Browser browser;

    private Chromium(Path executable) {
        PlaywrightAssertions.setDefaultAssertionTimeout(TestDeadline.DURATION.toMillis());
        playwright = Playwright.create();
        browser = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(executable)
                        .setArgs(ARGUMENTS));
    }

    /** Skips a test without a browser. Call it in {@code @BeforeEach}: reports omit a class that is skipped as a whole. */
    public static void assumeInstalled() {
        Assumptions.assumeTrue(
                isInstalled(), () -> "The page is not tested: none of " + NAMES + " is installed on the PATH");
    }

    public static boolean isInstalled() {
        return findExecutable().isPresent();
    }

    public static Chromium start() {
        return new Chromium(findExecutable().orElseThrow());
    }

    private static Optional<Path> findExecutable() {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .flatMap(directory -> NAMES.stream().map(name -> Path.of(directory, name)))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** Opens an empty tab without state from earlier tabs, and starts collecting its problems. */
    public Page openTab(ColorScheme scheme, int width) {
        Page page = browser.newContext(
                        new Browser.NewContextOptions().setColorScheme(scheme).setViewportSize(width, 800))
                .newPage();
        page.setDefaultTimeout(TestDeadline.DURATION.toMillis());
        problems.clear();
        page.onConsoleMessage(this::addProblem);
        page.onPageError(problems::add);
        page.onRequestFailed(this::addProblem);
        return page;
    }

    /** Returns console errors and warnings (for example, violations of the Content-Security-Policy) and failed requests. */
    public List<String> problems() {
        return List.copyOf(problems);
    }

    private void addProblem(ConsoleMessage message) {
        if (message.type().equals("error") || message.type().equals("warning")) {
            problems.add(message.text());
        }
    }

    private void addProblem(Request failed) {
        problems.add(failed.url() + ": " + failed.failure());
    }

    @Override
    public void close() {
        playwright.close();
    }
}
