package dev.courant.journal;

import courant.shaded.h2.mvstore.MVStoreException;
import java.io.IOException;
import java.nio.file.Path;

/** A trial of whether a journal can be opened. */
public final class JournalCheck {

    private JournalCheck() {}

    /**
     * Opens the journal of a directory and closes it again, without a change to what is in it. The directory is created
     * if it is missing, since whether it can be is part of the question.
     *
     * @throws JournalRefusedException as {@link JournalLog#open}
     */
    public static void run(Path directory) {
        JournalDirectory place = new JournalDirectory(directory);
        try (Disk disk = place.open()) {
            OpenStore.check(disk, place.stop());
        } catch (IOException | JournalRefusedException | MVStoreException refused) {
            throw place.refused(refused);
        }
    }
}
