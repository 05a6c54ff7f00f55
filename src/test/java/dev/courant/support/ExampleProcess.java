package dev.courant.support;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A program of {@code examples/} in a separate process. Closing it kills the process and its children. */
public final class ExampleProcess implements AutoCloseable {

    private static final String OPEN = "Open ";

    private final Process process;

    private ExampleProcess(List<String> command, URI courant) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().putAll(Map.of("COURANT", courant.toString().replaceFirst("/$", "")));
        process = builder.start();
    }

    /** Runs a Java program from its source. */
    public static ExampleProcess java(String source, URI courant, Object... args) throws IOException {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        List<String> command = new ArrayList<>(List.of(java.toString(), "examples/" + source));
        for (Object arg : args) {
            command.add(arg.toString());
        }
        return new ExampleProcess(command, courant);
    }

    /** Runs a shell script. */
    public static ExampleProcess script(String script, URI courant) throws IOException {
        return new ExampleProcess(List.of("sh", "examples/" + script), courant);
    }

    /** Waits until the program prints the address to open. */
    public String awaitAddress() throws IOException {
        BufferedReader output = process.inputReader(UTF_8);
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            if (line.startsWith(OPEN)) {
                return line.substring(OPEN.length());
            }
        }
        throw new AssertionError("the example ended without an address");
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }
}
