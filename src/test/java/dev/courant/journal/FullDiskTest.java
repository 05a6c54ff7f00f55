package dev.courant.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.courant.event.Event;
import dev.courant.event.EventId;
import dev.courant.event.TestReaders;
import dev.courant.event.Topic;
import dev.courant.log.IdempotencyKey;
import dev.courant.log.LogFullException;
import dev.courant.log.LogUnavailableException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletionException;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FullDiskTest {

    @TempDir
    Path directory;

    private final MemoryDisk disk = new MemoryDisk(new byte[0]);
    private OpenJournal journal;

    @BeforeEach
    void open() {
        journal = OpenJournal.on(disk, directory, SyncMode.ALWAYS);
        IntStream.range(0, 100).forEach(i -> journal.append("t", "event " + i));
    }

    @AfterEach
    void close() {
        journal.close();
    }

    private Class<?> refused(Event event, @Nullable IdempotencyKey once) {
        CompletionException failed = assertThrows(
                CompletionException.class,
                () -> journal.log().append(event, once).toCompletableFuture().join());
        return failed.getCause().getClass();
    }

    private void awaitTrouble(boolean there) throws InterruptedException {
        AwaitCondition.until(() -> there == (journal.log().findOutage() != null));
    }

    @Test
    void withoutRoomNothingIsStoredUntilThereIsSome() throws Exception {
        disk.limit(DiskSpaceGuard.RESERVE);
        refusesAndRecovers(LogFullException.class);
    }

    @Test
    void aDiskThatTurnsOutToBeFullIsOpenedAnew() throws Exception {
        disk.admitsItIsFull(false);
        disk.limit(0);
        refusesAndRecovers(LogFullException.class);
    }

    @Test
    void aDiskThatFailsIsOpenedAnewUntilItWorks() throws Exception {
        disk.fail(true);
        refusesAndRecovers(LogUnavailableException.class);
    }

    @Test
    void whatWasWrittenButNotSyncedIsTakenBack() throws Exception {
        disk.failToSync(true);
        refusesAndRecovers(LogUnavailableException.class);
    }

    @Test
    void aDiskThatForgetsWhatItHasSyncedIsNotWrittenToAgain() throws Exception {
        byte[] before = disk.content();
        EventId known = journal.append("t", "known");
        EventId forgotten = journal.append("t", "forgotten");
        disk.revertTo(before);
        disk.fail(true);
        assertEquals(LogUnavailableException.class, refused(Event.message(new Topic("t"), "refused"), null));
        disk.fail(false);
        AwaitCondition.until(() -> !journal.log().canReplayFrom(OpenJournal.topics("t"), 50));
        assertEquals(LogUnavailableException.class, refused(Event.message(new Topic("t"), "refused"), null));
        assertNotNull(journal.log().findOutage());
        journal.close();

        journal = OpenJournal.on(new MemoryDisk(disk.content()), directory, SyncMode.ALWAYS);
        assertEquals(OptionalLong.empty(), journal.log().find(known.toString(), TestReaders.EVERYTHING));
        assertEquals(OptionalLong.empty(), journal.log().find(forgotten.toString(), TestReaders.EVERYTHING));
        assertEquals(100, journal.after(0, OpenJournal.topics("t")).size());
    }

    private void refusesAndRecovers(Class<?> failure) throws Exception {
        Event event = Event.message(new Topic("t"), "refused");
        IdempotencyKey once = IdempotencyKey.of("key", event);
        assertEquals(failure, refused(event, once));
        assertEquals(failure, refused(event, once));
        assertNotNull(journal.log().findOutage());
        assertEquals(100, journal.log().head());

        disk.limit(Long.MAX_VALUE);
        disk.fail(false);
        disk.failToSync(false);
        awaitTrouble(false);
        assertEquals(100, kept(), "nothing of it came back");
        EventId id = journal.log().append(event, once).toCompletableFuture().join();
        assertEquals(101, id.offset());
        assertEquals(List.of("refused"), journal.after(100, OpenJournal.topics("t")));
        assertNull(journal.log().findOutage());

        journal.close();
        journal = OpenJournal.on(new MemoryDisk(disk.content()), directory, SyncMode.ALWAYS);
        assertEquals(101, journal.after(0, OpenJournal.topics("t")).size());
        assertEquals(id.epoch(), journal.append("t", "on").epoch());
    }

    /** Returns the events that another process would find now. */
    private long kept() throws IOException {
        return OpenStore.on(new MemoryDisk(disk.content()), false).maps().head();
    }

    @Test
    void troubleIsToldBeforeAnybodyPublishes() throws Exception {
        disk.limit(disk.length());
        awaitTrouble(true);
        assertEquals(99, journal.after(1, OpenJournal.topics("t")).size(), "what is stored can be read");
        disk.limit(Long.MAX_VALUE);
        awaitTrouble(false);
    }

    @Test
    void anEventThatDoesNotFitSaysNothingOfTheJournal() {
        disk.limit(disk.length() + DiskSpaceGuard.RESERVE + (2 << 20));
        Event large = Event.message(new Topic("t"), "x".repeat(4 << 20));
        assertEquals(LogFullException.class, refused(large, null));
        assertNull(journal.log().findOutage());
        assertEquals(101, journal.append("t", "small").offset());
    }

    @Test
    void onceItWasFullItIsNotWellAgainBeforeThereIsSomeMoreRoom() throws Exception {
        disk.limit(disk.length() + DiskSpaceGuard.RESERVE - 1);
        awaitTrouble(true);
        disk.limit(disk.length() + DiskSpaceGuard.WELL - 1);
        assertEquals(LogFullException.class, refused(Event.message(new Topic("t"), "refused"), null));
        assertNotNull(journal.log().findOutage());
        disk.limit(disk.length() + DiskSpaceGuard.WELL + (1 << 20));
        awaitTrouble(false);
    }
}
