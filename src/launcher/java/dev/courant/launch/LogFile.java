package dev.courant.launch;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.File;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.logging.ErrorManager;
import java.util.logging.Handler;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/**
 * The handler that writes the log to the file of {@code --logtofile}. The server's own handler would append a number to
 * the name. Rotated files have the suffixes {@code .1} to {@code .9}; {@code .1} is the newest. Thread-safe.
 */
final class LogFile extends Handler {

    static final String OPTION = "--logtofile";

    private static final int MAX_BYTES = 1 << 20;
    private static final int MAX_OLD_FILES = 9;

    private final Path path;
    private OutputStream out;
    private long size;

    private LogFile(Path path) {
        this.path = path;
    }

    /** Installs the handler if the option is present. The option is not passed to the server. */
    static void install(CommandLine commandLine) throws StartFailure {
        for (String value : commandLine.findValues(OPTION)) {
            if (value.isEmpty()) {
                throw StartFailure.ofUsage(OPTION + " has no value. Add the name of a file");
            }
            LogFile file = new LogFile(new File(value).toPath());
            try {
                file.open();
            } catch (IOException e) {
                throw StartFailure.ofEnvironment(
                        "The log cannot be written to a file (" + OPTION + "): " + e.getMessage()
                                + ". Choose a writable file in a directory that exists",
                        e);
            }
            file.addAfterEachConfiguration();
        }
    }

    /**
     * Adds the handler after each change of the log configuration: the server reads the configuration at start, which
     * removes all handlers.
     */
    private void addAfterEachConfiguration() {
        try {
            LogManager.class
                    .getMethod("addConfigurationListener", Runnable.class) // since Java 9
                    .invoke(LogManager.getLogManager(), (Runnable) this::addToRoot);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private void addToRoot() {
        Logger root = Logger.getLogger("");
        setFormatter(new SimpleFormatter()); // reads the format from the new configuration
        for (Handler console : root.getHandlers()) {
            setFilter(console.getFilter());
        }
        if (!Arrays.asList(root.getHandlers()).contains(this)) {
            root.addHandler(this);
        }
    }

    @Override
    public synchronized void publish(LogRecord record) {
        if (!isLoggable(record)) {
            return;
        }
        try {
            byte[] bytes = getFormatter().format(record).getBytes(UTF_8);
            open();
            if (size > 0 && size + bytes.length > MAX_BYTES) {
                rotate();
                open();
            }
            out.write(bytes);
            size += bytes.length;
        } catch (IOException | RuntimeException e) {
            reportError(null, e, ErrorManager.WRITE_FAILURE);
        }
    }

    private void open() throws IOException {
        if (out == null) {
            size = path.toFile().length();
            out = new FileOutputStream(path.toFile(), true);
        }
    }

    private void rotate() throws IOException {
        close();
        for (int i = MAX_OLD_FILES - 1; i >= 0; i--) {
            if (Files.exists(resolveNumbered(i))) {
                Files.move(resolveNumbered(i), resolveNumbered(i + 1), StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    private Path resolveNumbered(int number) {
        return number == 0 ? path : path.resolveSibling(path.getFileName() + "." + number);
    }

    @Override
    public void flush() {
        // Each record is written immediately.
    }

    /**
     * Closes the file. The JDK calls this at each change of the configuration; the next record opens the file again.
     */
    @Override
    public synchronized void close() {
        try {
            if (out != null) {
                out.close();
            }
        } catch (IOException e) {
            reportError(null, e, ErrorManager.CLOSE_FAILURE);
        } finally {
            out = null;
        }
    }
}
