package dev.courant.journal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.courant.event.Event;
import dev.courant.event.EventId;
import dev.courant.event.TestReaders;
import dev.courant.event.Topic;
import dev.courant.journal.SimulatedFile.Survival;
import dev.courant.log.IdempotencyKey;
import dev.courant.log.LogFullException;
import dev.courant.log.LogUnavailableException;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CompletionException;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FullDiskTest {

    private final SimulatedDisk disk = new SimulatedDisk(Map.of());
    private OpenJournal journal;

    @BeforeEach
    void open() {
        journal = OpenJournal.on(disk, SyncMode.ALWAYS);
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
        disk.fill(DiskSpaceGuard.RESERVE - 1, true);
        refusesAndRecovers(LogFullException.class);
    }

    @Test
    void aDiskThatTurnsOutToBeFullIsOpenedAnew() throws Exception {
        disk.fill(0, false);
        refusesAndRecovers(LogFullException.class);
    }

    @Test
    void aDiskThatFailsIsOpenedAnewUntilItWorks() throws Exception {
        disk.fail(100, 100);
        refusesAndRecovers(LogUnavailableException.class);
    }

    @Test
    void whatWasWrittenButNotSyncedIsTakenBack() throws Exception {
        disk.fail(0, 100);
        refusesAndRecovers(LogUnavailableException.class);
    }

    @Test
    void acknowledgedEventsAreWrittenAgainAfterAFailedSync() throws Exception {
        SimulatedDisk forgetful = new SimulatedDisk(Map.of());
        try (OpenJournal interval = OpenJournal.on(forgetful, SyncMode.INTERVAL)) {
            interval.append("t", "event 1");
            AwaitCondition.until(
                    () -> forgetful.contentAfterPowerCut(Survival.NOTHING).get(Segment.logName(1)).length
                            == forgetful.copyFiles().get(Segment.logName(1)).length);
            Map<String, byte[]> synced = forgetful.copyFiles();
            forgetful.fail(0, 100);
            interval.append("t", "event 2");
            AwaitCondition.until(() -> interval.log().findOutage() != null);
            forgetful.revertTo(synced); // as a system does that drops the pages of a failed sync
            forgetful.fail(0, 0);
            AwaitCondition.until(() -> interval.log().findOutage() == null);
            assertEquals(3, interval.append("t", "event 3").offset());
            assertEquals(List.of("event 1", "event 2", "event 3"), interval.after(0, OpenJournal.topics("t")));
        }
        try (OpenJournal again = OpenJournal.on(
                new SimulatedDisk(forgetful.contentAfterPowerCut(Survival.NOTHING)), SyncMode.INTERVAL)) {
            assertEquals(List.of("event 1", "event 2", "event 3"), again.after(0, OpenJournal.topics("t")));
            assertTrue(again.log().canReplayFrom(OpenJournal.topics("t"), 0));
        }
    }

    @Test
    void bytesOfAFailedWriteAreRemoved() throws Exception {
        byte[] before = disk.copyFiles().get(Segment.logName(1));
        disk.fail(0, 100);
        assertEquals(LogUnavailableException.class, refused(Event.message(new Topic("t"), "refused"), null));
        disk.fail(0, 0);
        awaitTrouble(false);
        assertArrayEquals(before, disk.copyFiles().get(Segment.logName(1)));
    }

    @Test
    void whatADiskForgetsIsAGap() throws Exception {
        Map<String, byte[]> before = disk.copyFiles();
        EventId forgotten = journal.append("t", "forgotten");
        disk.revertTo(before);
        disk.fail(0, 100);
        assertEquals(LogUnavailableException.class, refused(Event.message(new Topic("t"), "refused"), null));
        disk.fail(0, 0);
        awaitTrouble(false);
        assertFalse(journal.log().canReplayFrom(OpenJournal.topics("t"), 50));
        assertEquals(102, journal.append("t", "next").offset());
        journal.close();

        journal = OpenJournal.on(new SimulatedDisk(disk.copyFiles()), SyncMode.ALWAYS);
        assertEquals(OptionalLong.of(101), journal.log().find(forgotten.toString(), TestReaders.EVERYTHING));
        assertFalse(journal.log().canReplayFrom(OpenJournal.topics("t"), 100));
        assertTrue(journal.log().canReplayFrom(OpenJournal.topics("t"), 101));
        assertEquals(101, journal.after(0, OpenJournal.topics("t")).size());
    }

    private void refusesAndRecovers(Class<?> failure) throws Exception {
        Event event = Event.message(new Topic("t"), "refused");
        IdempotencyKey once = IdempotencyKey.of("key", event);
        assertEquals(failure, refused(event, once));
        assertEquals(failure, refused(event, once));
        assertNotNull(journal.log().findOutage());
        assertEquals(100, journal.log().head());

        disk.free();
        disk.fail(0, 0);
        awaitTrouble(false);
        assertEquals(100, kept(), "nothing of it came back");
        EventId id = journal.log().append(event, once).toCompletableFuture().join();
        assertEquals(101, id.offset());
        assertEquals(List.of("refused"), journal.after(100, OpenJournal.topics("t")));
        assertNull(journal.log().findOutage());

        journal.close();
        journal = OpenJournal.on(new SimulatedDisk(disk.copyFiles()), SyncMode.ALWAYS);
        assertEquals(101, journal.after(0, OpenJournal.topics("t")).size());
        assertEquals(id.epoch(), journal.append("t", "on").epoch());
    }

    /** Returns the events that another process would find now. */
    private long kept() throws IOException {
        return SegmentLoader.load(
                        new SimulatedDisk(disk.copyFiles()), OpenJournal.ROOMY, JournalClocks.system(), "another")
                .head();
    }

    @Test
    void troubleIsToldBeforeAnybodyPublishes() throws Exception {
        disk.fill(0, true);
        awaitTrouble(true);
        assertEquals(99, journal.after(1, OpenJournal.topics("t")).size(), "what is stored can be read");
        disk.free();
        awaitTrouble(false);
    }

    @Test
    void anEventThatDoesNotFitSaysNothingOfTheJournal() {
        disk.fill(DiskSpaceGuard.RESERVE + (2 << 20), true);
        Event large = Event.message(new Topic("t"), "x".repeat(4 << 20));
        assertEquals(LogFullException.class, refused(large, null));
        assertNull(journal.log().findOutage());
        assertEquals(101, journal.append("t", "small").offset());
    }

    @Test
    void onceItWasFullItIsNotWellAgainBeforeThereIsSomeMoreRoom() throws Exception {
        disk.fill(DiskSpaceGuard.RESERVE - 1, true);
        awaitTrouble(true);
        disk.fill(DiskSpaceGuard.SUFFICIENT - 1, true);
        assertEquals(LogFullException.class, refused(Event.message(new Topic("t"), "refused"), null));
        assertNotNull(journal.log().findOutage());
        disk.fill(DiskSpaceGuard.SUFFICIENT + (1 << 20), true);
        awaitTrouble(false);
    }
}
