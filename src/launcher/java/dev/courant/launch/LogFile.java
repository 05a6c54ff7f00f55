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
 * The log in the file that {@code --logtofile} names. The server's own handler writes to another: the given name with a
 * number behind it. Older parts are in files with {@code .1} to {@code .9} behind the name.
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

    /** Begins to write the log of the server, if the option is given; the option is not for the server. */
    static void addFor(CommandLine arguments) throws StartFailure {
        for (String value : arguments.values(OPTION)) {
            if (value.isEmpty()) {
                throw StartFailure.misused(OPTION + " needs the name of a file");
            }
            LogFile file = new LogFile(new File(value).toPath());
            try {
                file.open();
            } catch (IOException e) {
                throw StartFailure.failed("The log cannot be written to a file (" + OPTION + "): " + e.getMessage(), e);
            }
            file.addToEachConfiguration();
        }
    }

    /** The server reads the configuration of the log as it starts, which removes all handlers. */
    private void addToEachConfiguration() {
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
        setFormatter(new SimpleFormatter()); // its format is that of the new configuration
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
            byte[] line = getFormatter().format(record).getBytes(UTF_8);
            open();
            if (size > 0 && size + line.length > MAX_BYTES) {
                rotate();
                open();
            }
            out.write(line);
            size += line.length;
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
            if (Files.exists(numbered(i))) {
                Files.move(numbered(i), numbered(i + 1), StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    private Path numbered(int number) {
        return number == 0 ? path : path.resolveSibling(path.getFileName() + "." + number);
    }

    @Override
    public void flush() {
        // Each line is written at once.
    }

    /** Called whenever a configuration is read; the next line opens the file again. */
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
