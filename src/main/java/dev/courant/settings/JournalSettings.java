package dev.courant.settings;

import dev.courant.journal.JournalBounds;
import dev.courant.journal.SyncMode;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Whether events outlive the process, and which.
 *
 * @param directory where they are kept; {@code null} if they are not
 * @param bounds how much of them
 * @param sync when they are forced to the disk
 */
public record JournalSettings(@Nullable Path directory, JournalBounds bounds, SyncMode sync) {

    private static final String DIRECTORY = "courant.journal.dir";
    private static final long MAX_EVENTS = 1_000_000;
    private static final long MAX_BYTES = 1L << 30;
    private static final Duration MAX_AGE = Duration.ofDays(7);

    static JournalSettings from(SettingsReader reader) {
        return new JournalSettings(
                path(reader.text(DIRECTORY)),
                new JournalBounds(
                        reader.number("courant.journal.max-events", MAX_EVENTS, 1, Long.MAX_VALUE),
                        reader.number(
                                "courant.journal.max-bytes", MAX_BYTES, JournalBounds.LEAST_BYTES, Long.MAX_VALUE),
                        reader.duration("courant.journal.max-age", MAX_AGE, Duration.ofDays(36_500))),
                reader.choice("courant.journal.sync", "always", "interval").equals("always")
                        ? SyncMode.ALWAYS
                        : SyncMode.INTERVAL);
    }

    private static @Nullable Path path(@Nullable String text) {
        try {
            return text == null ? null : Path.of(text.strip()).toAbsolutePath();
        } catch (InvalidPathException invalid) {
            throw new InvalidSettingException(DIRECTORY, String.valueOf(text), "a directory");
        }
    }
}
