package dev.courant.support;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.ConsoleMessage;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.Request;
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

/** The Chromium that is installed on this machine; none is downloaded. For the thread that started it. */
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

    private final Queue<String> complaints = new ConcurrentLinkedQueue<>();
    private final Playwright playwright;
    private final Browser browser;

    private Chromium(Path executable) {
        playwright = Playwright.create();
        browser = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(executable)
                        .setArgs(ARGUMENTS));
    }

    /** For {@code @BeforeEach}: what skips a whole class is in no report, what skips each test is. */
    public static void assumeInstalled() {
        Assumptions.assumeTrue(
                isInstalled(), () -> "The page is not tested: none of " + NAMES + " is installed on the PATH");
    }

    public static boolean isInstalled() {
        return executable().isPresent();
    }

    public static Chromium start() {
        return new Chromium(executable().orElseThrow());
    }

    private static Optional<Path> executable() {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .flatMap(directory -> NAMES.stream().map(name -> Path.of(directory, name)))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** An empty tab, with nothing kept from the ones before. What it complains of is collected. */
    public Page tab(ColorScheme scheme, int width) {
        Page page = browser.newContext(
                        new Browser.NewContextOptions().setColorScheme(scheme).setViewportSize(width, 800))
                .newPage();
        page.setDefaultTimeout(TestDeadline.DURATION.toMillis());
        complaints.clear();
        page.onConsoleMessage(this::hear);
        page.onPageError(complaints::add);
        page.onRequestFailed(this::hear);
        return page;
    }

    /** Errors and warnings in the console (a violated Content-Security-Policy is one), and requests that failed. */
    public List<String> complaints() {
        return List.copyOf(complaints);
    }

    private void hear(ConsoleMessage message) {
        if (message.type().equals("error") || message.type().equals("warning")) {
            complaints.add(message.text());
        }
    }

    private void hear(Request failed) {
        complaints.add(failed.url() + ": " + failed.failure());
    }

    @Override
    public void close() {
        playwright.close();
    }
}
