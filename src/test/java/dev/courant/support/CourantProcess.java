package dev.courant.support;

import dev.courant.brokers.FreePorts;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A separate process that runs {@code courant.jar}. Closing it kills the process and deletes its files. */
public final class CourantProcess implements AutoCloseable {

    private static final Duration TIMEOUT = TestDeadline.of(Duration.ofMinutes(5));
    private static final Duration STOP_TIMEOUT = TestDeadline.of(Duration.ofMinutes(1));
    private static final List<String> FAST_START_OPTIONS = List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");
    /** The beginning of the line that Courant prints when it is ready. */
    public static final String READY = "Courant is ready: ";

    private static final String END = "(end of output)";

    private final Path temporary = Files.createTempDirectory("courant-process");
    private final BlockingQueue<String> unread = new LinkedBlockingQueue<>();
    private final List<String> output = new ArrayList<>(); // guarded by itself
    private final CourantCommand command;
    private Process process;
    private Thread reader;
    private URI uri;

    private CourantProcess(CourantCommand command) throws IOException {
        this.command = command;
    }

    /** Starts on a free port and waits until it is ready. */
    public static CourantProcess start(String... args) throws IOException, InterruptedException {
        return start(FreePorts.free(), List.of(), args);
    }

    public static CourantProcess start(int port, List<String> jvmArgs, String... args)
            throws IOException, InterruptedException {
        List<String> allJvmArgs = new ArrayList<>(FAST_START_OPTIONS);
        allJvmArgs.addAll(jvmArgs);
        List<String> allArgs = new ArrayList<>(List.of("--port", Integer.toString(port)));
        allArgs.addAll(List.of(args));
        CourantProcess courant = new CourantProcess(CourantCommand.jar(allJvmArgs, allArgs));
        try {
            courant.restart();
            return courant;
        } catch (AssertionError | IOException | InterruptedException e) {
            courant.close();
            throw e;
        }
    }

    /** Starts again after a {@link #stop} or a {@link #kill}, with the same arguments, and waits until it is ready. */
    public void restart() throws IOException, InterruptedException {
        unread.clear();
        process = command.in(temporary).redirectErrorStream(true).start();
        reader = new Thread(this::read, "output of " + process.pid());
        reader.setDaemon(true);
        reader.start();
        uri = URI.create(awaitLine(READY).substring(READY.length()));
    }

    /** Returns the address that Courant has printed, which ends with a slash. */
    public URI uri() {
        return uri;
    }

    /** Returns all lines that Courant has printed, including the log. */
    public List<String> output() {
        synchronized (output) {
            return List.copyOf(output);
        }
    }

    public long pid() {
        return process.pid();
    }

    /** Runs a command of {@code jcmd} on the process, and returns its output. */
    public String runJcmd(String command) throws IOException {
        Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
        Process jcmdProcess = new ProcessBuilder(jcmd.toString(), String.valueOf(process.pid()), command)
                .redirectErrorStream(true)
                .start();
        try (BufferedReader output = jcmdProcess.inputReader()) {
            return String.join("\n", output.lines().toList());
        }
    }

    /** Waits for the next unread line that contains the text. */
    public String awaitLine(String text) throws InterruptedException {
        long deadline = System.nanoTime() + TIMEOUT.toNanos();
        String line = unread.poll(TIMEOUT.toNanos(), TimeUnit.NANOSECONDS);
        while (line != null && !line.contains(text) && !line.equals(END)) {
            line = unread.poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
        }
        if (line == null || line.equals(END)) {
            throw new AssertionError("no line with \"" + text + "\" in:\n" + String.join("\n", output()));
        }
        return line;
    }

    /** Stops Courant with SIGTERM, and fails unless it ends within a minute. */
    public int stop() throws InterruptedException {
        process.toHandle().destroy(); // Process.destroy closes the output
        return awaitEnd(STOP_TIMEOUT);
    }

    /** Kills Courant with SIGKILL. */
    public int kill() throws InterruptedException {
        process.destroyForcibly();
        return awaitEnd(TIMEOUT);
    }

    private int awaitEnd(Duration timeout) throws InterruptedException {
        if (!process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new AssertionError("did not end in time; it printed:\n" + String.join("\n", output()));
        }
        reader.join(TIMEOUT.toMillis());
        return process.exitValue();
    }

    @Override
    public void close() throws IOException, InterruptedException {
        if (process != null) {
            kill();
        }
        try (Stream<Path> files = Files.walk(temporary)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private void add(String line) {
        synchronized (output) {
            output.add(line);
        }
    }

    private void read() {
        try (BufferedReader lines = process.inputReader()) {
            lines.lines().forEach(line -> {
                add(line);
                unread.add(line);
            });
        } catch (IOException | UncheckedIOException e) {
            add(e.toString());
        } finally {
            unread.add(END);
        }
    }
}
