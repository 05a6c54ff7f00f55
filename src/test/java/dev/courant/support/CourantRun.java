package dev.courant.support;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The exit status and the output of a process that has ended by itself. */
public record CourantRun(int status, List<String> out, List<String> err) {

    private static final long TIMEOUT_SECONDS = TestDeadline.SECONDS;

    public static CourantRun jar(String... args) throws IOException, InterruptedException {
        return of(CourantCommand.jar(List.of(), List.of(args)));
    }

    public static CourantRun of(CourantCommand command) throws IOException, InterruptedException {
        Path temporary = Files.createTempDirectory("courant-run");
        Path out = temporary.resolve("out");
        Path err = temporary.resolve("err");
        Process process = command.in(temporary)
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
        try {
            if (!process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
                throw new AssertionError("still running; on stderr: " + Files.readString(err));
            }
            return new CourantRun(process.exitValue(), Files.readAllLines(out), Files.readAllLines(err));
        } finally {
            process.destroyForcibly().waitFor();
            try (Stream<Path> all = Files.walk(temporary)) {
                all.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
            }
        }
    }

    /** Asserts that the process has printed one line, on standard error. */
    public void assertRejected(String message, int expectedStatus) {
        assertEquals(List.of(message), err);
        assertEquals(List.of(), out);
        assertEquals(expectedStatus, status);
    }
}
