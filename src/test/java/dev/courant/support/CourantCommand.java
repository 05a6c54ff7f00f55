package dev.courant.support;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The command {@code java -jar courant.jar}, run by the JDK that runs the tests. */
public record CourantCommand(List<String> jvmArgs, List<String> program) {

    private static final Path JAVA = Path.of(System.getProperty("java.home"), "bin", "java");

    /** Environment variables that make a JVM print an extra line, which tests do not expect. */
    private static final List<String> PRINTING_VARIABLES =
            List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS");

    public static Path jar() {
        return Path.of(System.getProperty("courant.jar"));
    }

    public static CourantCommand jar(List<String> jvmArgs, List<String> args) {
        List<String> program = new ArrayList<>(List.of("-jar", jar().toString()));
        program.addAll(args);
        return new CourantCommand(jvmArgs, program);
    }

    /** Returns a process that writes temporary files into this folder and takes no settings from the environment. */
    public ProcessBuilder in(Path temporary) {
        List<String> command = new ArrayList<>(List.of(JAVA.toString(), "-Djava.io.tmpdir=" + temporary));
        command.addAll(jvmArgs);
        command.addAll(program);
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().keySet().removeAll(PRINTING_VARIABLES);
        return withoutSettings(builder);
    }

    public static ProcessBuilder withoutSettings(ProcessBuilder builder) {
        builder.environment().keySet().removeIf(name -> name.startsWith("COURANT_"));
        return builder;
    }
}
