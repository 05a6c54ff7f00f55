package dev.courant.settings;

import dev.courant.journal.JournalBounds;
import dev.courant.journal.SyncMode;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The settings of the journal, which retains events on disk.
 *
 * @param directory the directory of the journal, or {@code null} if there is no journal
 * @param bounds the retention of the journal
 * @param sync when events are synced to the disk
 */
public record JournalSettings(@Nullable Path directory, JournalBounds bounds, SyncMode sync) {

    private static final String DIRECTORY = "courant.journal.dir";
    private static final long DEFAULT_MAX_EVENTS = 1_000_000;
    private static final long DEFAULT_MAX_BYTES = 1L << 30;
    private static final Duration DEFAULT_MAX_AGE = Duration.ofDays(7);

    static JournalSettings from(SettingsReader reader) {
        return new JournalSettings(
                parsePath(reader.getText(DIRECTORY)),
                new JournalBounds(
                        reader.getNumber("courant.journal.max-events", DEFAULT_MAX_EVENTS, 1, Long.MAX_VALUE),
                        reader.getNumber(
                                "courant.journal.max-bytes",
                                DEFAULT_MAX_BYTES,
                                JournalBounds.LEAST_BYTES,
                                Long.MAX_VALUE),
                        reader.getDuration("courant.journal.max-age", DEFAULT_MAX_AGE, Duration.ofDays(36_500))),
                reader.getChoice("courant.journal.sync", "always", "interval").equals("always")
                        ? SyncMode.ALWAYS
                        : SyncMode.INTERVAL);
    }

    private static @Nullable Path parsePath(@Nullable String text) {
        try {
            return text == null ? null : Path.of(text.strip()).toAbsolutePath();
        } catch (InvalidPathException invalid) {
            throw new InvalidSettingException(DIRECTORY, String.valueOf(text), "the path of a directory");
        }
    }
}
