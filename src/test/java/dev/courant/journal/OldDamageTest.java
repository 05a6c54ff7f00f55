package dev.courant.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.courant.event.Event;
import dev.courant.event.EventFrame;
import dev.courant.event.Topic;
import dev.courant.event.TopicSelection;
import dev.courant.log.LogEntry;
import dev.courant.log.LogUnavailableException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests a flipped bit anywhere in a large file, long after it was written. */
class OldDamageTest {

    private static final int EVENTS = 2000;
    private static final int LAST = EVENTS + 1;
    private static final int TRIES = 60;

    @TempDir
    Path directory;

    private static String data(int offset) {
        return ("event " + offset + ' ').repeat(80);
    }

    private static String topic(int offset) {
        return "t" + offset % 5;
    }

    @Test
    void whatCannotBeReadIsAGapAndNeverWrong() throws InterruptedException {
        MemoryDisk disk = new MemoryDisk(new byte[0]);
        try (OpenJournal journal = OpenJournal.on(disk, directory, SyncMode.INTERVAL)) {
            IntStream.rangeClosed(1, EVENTS)
                    .mapToObj(i -> journal.log().append(Event.message(new Topic(topic(i)), data(i))))
                    .toList()
                    .forEach(stored -> stored.toCompletableFuture().join());
            long written = System.currentTimeMillis();
            AwaitCondition.until(() -> System.currentTimeMillis() > written + OpenStore.UNSYNCED_SECONDS * 1000 + 500);
            journal.append(topic(LAST), data(LAST));
        }
        CleanStopFiles.forget(directory);
        Random random = new Random(1);
        int gaps = 0;
        int refusals = 0;
        for (int i = 0; i < TRIES; i++) {
            byte[] damaged = disk.content();
            int position = random.nextInt(damaged.length);
            damaged[position] ^= (byte) (1 << random.nextInt(8));
            try (OpenJournal journal = OpenJournal.on(new MemoryDisk(damaged), directory, SyncMode.INTERVAL)) {
                gaps += isGap(journal, "byte " + position) ? 1 : 0;
            } catch (JournalRefusedException refused) {
                assertFalse(String.valueOf(refused.getMessage()).contains("\n"));
                refusals++;
            }
            CleanStopFiles.forget(directory);
        }
        assertTrue(gaps > TRIES / 4, gaps + " gaps, " + refusals + " refusals");
    }

    private static boolean isGap(OpenJournal journal, String what) {
        TopicSelection first = OpenJournal.topics(topic(0));
        List<LogEntry> entries = new ArrayList<>(journal.entries(0, first));
        entries.addAll(journal.entries(0, OpenJournal.topics(topic(1), topic(2))));
        for (LogEntry entry : entries) {
            assertEquals(
                    data((int) entry.offset()), EventFrame.read(entry.frame()).data(), what);
        }
        boolean held = journal.log().canReplayFrom(first, 0)
                && journal.log().canReplayFrom(OpenJournal.topics(topic(1), topic(2)), 0);
        if (held && journal.log().head() == LAST) {
            assertEquals(EVENTS * 3 / 5 + 1, entries.size(), what);
        }
        CompletableFuture<?> next =
                journal.log().append(Event.message(new Topic("t"), "next")).toCompletableFuture();
        try {
            next.join();
            assertEquals(List.of("next"), journal.after(journal.log().head() - 1, OpenJournal.topics("t")), what);
        } catch (CompletionException refused) {
            assertEquals(LogUnavailableException.class, refused.getCause().getClass(), what);
        }
        return !held;
    }
}
