package dev.courant.launch;

import java.io.EOFException;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.logging.Filter;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A log filter for what clients cause. The server logs each client that disconnects before it is answered, and many a
 * malformed request, with stack traces, so that any client could fill the log. Of the clients that disconnect this leaves
 * one line a minute for each logger, and of the other failures of requests one a minute for each logger and exception.
 *
 * <p>Courant's own loggers are left alone: an exception of theirs may be of a file.
 */
public final class ClientLogFilter implements Filter {

    private static final long PAUSE = TimeUnit.MINUTES.toNanos(1);

    /** An exception of a socket is created so close to the server's own code. */
    private static final int FRAMES = 12;

    /** The messages of the JDK on Linux, macOS and Windows, and of Grizzly. */
    private static final Set<String> MESSAGES = new HashSet<>(Arrays.asList(
            "Broken pipe",
            "Connection reset",
            "Connection reset by peer",
            "Connection closed",
            "Connection is closed",
            "Connection aborted",
            "An established connection was aborted by the software in your host machine",
            "An existing connection was forcibly closed by the remote host"));

    /** A line of a printed stack trace: the exception, and its message. */
    private static final Pattern TOLD =
            Pattern.compile("^(?:Caused by: )?(java\\.io\\.IOException: (.+?))\r?$", Pattern.MULTILINE);

    private final Map<String, Long> lastLogged = new ConcurrentHashMap<>();

    @Override
    public boolean isLoggable(LogRecord entry) {
        String logger = String.valueOf(entry.getLoggerName());
        if (logger.startsWith("dev.courant")) {
            return true;
        }
        String departure = entry.getThrown() == null ? departure(entry.getMessage()) : departure(entry.getThrown());
        if (departure == null) {
            return !isOfRequests(logger) || !hasTrace(entry) || isDue(logger + ' ' + exception(entry));
        }
        if (!isDue(logger)) {
            return false;
        }
        entry.setLevel(Level.INFO);
        entry.setResourceBundle(null);
        entry.setParameters(null);
        entry.setMessage("A client disconnected before it was answered (" + departure
                + "). Others within the next minute are not logged.");
        entry.setThrown(null);
        return true;
    }

    private static boolean isOfRequests(String logger) {
        return logger.startsWith("org.glassfish.grizzly") || logger.startsWith("jakarta.enterprise.web");
    }

    private static boolean hasTrace(LogRecord entry) {
        return entry.getThrown() != null || String.valueOf(entry.getMessage()).contains("\n\tat ");
    }

    private static String exception(LogRecord entry) {
        return entry.getThrown() == null ? "" : entry.getThrown().getClass().getName();
    }

    private boolean isDue(String logger) {
        long now = System.nanoTime();
        Long previous = lastLogged.get(logger);
        if (previous == null) {
            return lastLogged.putIfAbsent(logger, now) == null;
        }
        return now - previous >= PAUSE && lastLogged.replace(logger, previous, now);
    }

    /** Returns the exception that tells of the client, or null if the failure has another cause. */
    private static String departure(Throwable thrown) {
        Throwable each = thrown;
        for (int depth = 0; each != null && depth < FRAMES; depth++, each = each.getCause()) {
            if (each instanceof IOException && isDeparture((IOException) each)) {
                return each.toString();
            }
        }
        return null;
    }

    /** The same for Catalina's own loggers, which write the stack trace into the message. */
    private static String departure(String message) {
        if (message == null || !message.contains("\tat org.glassfish.grizzly.")) {
            return null;
        }
        Matcher told = TOLD.matcher(message);
        while (told.find()) {
            if (MESSAGES.contains(told.group(2))) {
                return told.group(1);
            }
        }
        return null;
    }

    private static boolean isDeparture(IOException failure) {
        if (failure instanceof EOFException || failure instanceof ClosedChannelException) {
            return isOfServer(failure); // of a file it would be news
        }
        return failure.getMessage() != null && MESSAGES.contains(failure.getMessage());
    }

    private static boolean isOfServer(IOException failure) {
        return Arrays.stream(failure.getStackTrace())
                .limit(FRAMES)
                .anyMatch(frame -> frame.getClassName().startsWith("org.glassfish.grizzly."));
    }
}
