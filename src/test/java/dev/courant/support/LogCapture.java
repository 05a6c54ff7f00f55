package dev.courant.support;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/** A handler that collects all log records until it is closed. */
public final class LogCapture extends Handler implements AutoCloseable {

    private static final Logger ROOT = Logger.getLogger("");

    private final SimpleFormatter formatter = new SimpleFormatter();
    private final List<LogRecord> records = new CopyOnWriteArrayList<>();
    private final Map<Logger, Level> previousLevels = new HashMap<>();

    /** @param loggers the names of the loggers whose level is {@link Level#ALL} until then */
    public LogCapture(String... loggers) {
        for (String name : loggers) {
            Logger logger = Logger.getLogger(name);
            previousLevels.put(logger, logger.getLevel());
            logger.setLevel(Level.ALL);
        }
        ROOT.addHandler(this);
    }

    /** Returns the messages with their parameters. */
    public List<String> messages() {
        return records.stream().map(formatter::formatMessage).toList();
    }

    /** Returns the records as a log file contains them, with stack traces. */
    public List<String> lines() {
        return records.stream().map(formatter::format).toList();
    }

    @Override
    public void publish(LogRecord entry) {
        records.add(entry);
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
        ROOT.removeHandler(this);
        previousLevels.forEach(Logger::setLevel);
    }
}
