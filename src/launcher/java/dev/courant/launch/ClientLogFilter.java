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
 * A log filter that limits the records that clients can cause. The server logs a stack trace for each client that
 * disconnects before the response, and for many malformed requests. Without the filter any client could fill the log.
 * For each logger, it passes one disconnection a minute, on one line. For each logger and type of exception, it passes
 * one other failure of a request a minute. A malformed body is logged on one line too.
 *
 * <p>It passes all records of Courant's own loggers: their exceptions may report a failure of a file. Thread-safe.
 */
public final class ClientLogFilter implements Filter {

    private static final long INTERVAL_NANOS = TimeUnit.MINUTES.toNanos(1);

    /**
     * The number of causes, and of stack frames at the top of the trace, to search. The server calls the socket
     * directly, so its frames are near the top.
     */
    private static final int MAX_DEPTH = 12;

    /** The messages of the JDK on Linux, macOS and Windows, and of Grizzly, for a closed connection. */
    private static final Set<String> DISCONNECT_MESSAGES = new HashSet<>(Arrays.asList(
            "Broken pipe",
            "Connection reset",
            "Connection reset by peer",
            "Connection closed",
            "Connection is closed",
            "Connection aborted",
            "An established connection was aborted by the software in your host machine",
            "An existing connection was forcibly closed by the remote host"));

    /** The line with the exception and its message in a printed stack trace. */
    private static final Pattern EXCEPTION_LINE =
            Pattern.compile("^(?:Caused by: )?(java\\.io\\.IOException: (.+?))\r?$", Pattern.MULTILINE);

    /** Grizzly's exception for a chunk that it cannot parse. */
    private static final String MALFORMED_BODY = "org.glassfish.grizzly.http.HttpBrokenContentException";

    private final Map<String, Long> lastLoggedNanos = new ConcurrentHashMap<>();

    @Override
    public boolean isLoggable(LogRecord entry) {
        String logger = String.valueOf(entry.getLoggerName());
        if (logger.startsWith("dev.courant")) {
            return true;
        }
        String disconnection = entry.getThrown() == null
                ? findDisconnection(entry.getMessage())
                : findDisconnection(entry.getThrown());
        if (disconnection == null) {
            return !isRequestFailure(entry, logger) || passOtherFailure(entry, logger + ' ' + exceptionName(entry));
        }
        if (!isDue(logger)) {
            return false;
        }
        entry.setLevel(Level.INFO);
        replaceText(
                entry,
                "A client disconnected before it received the response (" + disconnection
                        + "). Further disconnections are not logged for one minute.");
        return true;
    }

    private boolean passOtherFailure(LogRecord entry, String kind) {
        if (!isDue(kind)) {
            return false;
        }
        if (exceptionName(entry).equals(MALFORMED_BODY)) {
            replaceText(
                    entry,
                    "A client sent a malformed body (" + entry.getThrown().getMessage()
                            + "). Further ones are not logged for one minute.");
        }
        return true;
    }

    private static void replaceText(LogRecord entry, String text) {
        entry.setResourceBundle(null);
        entry.setParameters(null);
        entry.setMessage(text);
        entry.setThrown(null);
    }

    /** Grizzly's HTTP parser logs some malformed requests without an exception. */
    private static boolean isRequestFailure(LogRecord entry, String logger) {
        return isRequestLogger(logger) && (hasTrace(entry) || logger.startsWith("org.glassfish.grizzly.http."));
    }

    private static boolean isRequestLogger(String logger) {
        return logger.startsWith("org.glassfish.grizzly") || logger.startsWith("jakarta.enterprise.web");
    }

    private static boolean hasTrace(LogRecord entry) {
        return entry.getThrown() != null || String.valueOf(entry.getMessage()).contains("\n\tat ");
    }

    private static String exceptionName(LogRecord entry) {
        return entry.getThrown() == null ? "" : entry.getThrown().getClass().getName();
    }

    private boolean isDue(String key) {
        long now = System.nanoTime();
        Long previous = lastLoggedNanos.get(key);
        if (previous == null) {
            return lastLoggedNanos.putIfAbsent(key, now) == null;
        }
        return now - previous >= INTERVAL_NANOS && lastLoggedNanos.replace(key, previous, now);
    }

    /** Returns the exception for a disconnected client, or null if the failure has another cause. */
    private static String findDisconnection(Throwable thrown) {
        Throwable each = thrown;
        for (int depth = 0; each != null && depth < MAX_DEPTH; depth++, each = each.getCause()) {
            if (each instanceof IOException && isDisconnection((IOException) each)) {
                return each.toString();
            }
        }
        return null;
    }

    /**
     * Returns the exception for a disconnected client from a message of Catalina's loggers, which contains the stack
     * trace.
     */
    private static String findDisconnection(String message) {
        if (message == null || !message.contains("\tat org.glassfish.grizzly.")) {
            return null;
        }
        Matcher matcher = EXCEPTION_LINE.matcher(message);
        while (matcher.find()) {
            if (DISCONNECT_MESSAGES.contains(matcher.group(2))) {
                return matcher.group(1);
            }
        }
        return null;
    }

    private static boolean isDisconnection(IOException failure) {
        if (failure instanceof EOFException || failure instanceof ClosedChannelException) {
            return isThrownByServer(failure); // otherwise the exception may concern a file
        }
        return failure.getMessage() != null && DISCONNECT_MESSAGES.contains(failure.getMessage());
    }

    private static boolean isThrownByServer(IOException failure) {
        return Arrays.stream(failure.getStackTrace())
                .limit(MAX_DEPTH)
                .anyMatch(frame -> frame.getClassName().startsWith("org.glassfish.grizzly."));
    }
}
