package dev.courant.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.courant.event.Event;
import dev.courant.event.EventFrame;
import dev.courant.event.EventId;
import dev.courant.event.Topic;
import dev.courant.journal.SimulatedFile.Survival;
import dev.courant.log.LogEntry;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

/** Tests power failures at any time, after which only some of the writes since the last sync are on the disk. */
class PowerCutTest {

    private static final int CUTS = 6;

    @RepeatedTest(20)
    void everyAcknowledgedEventIsThere(RepetitionInfo repetition) {
        Random random = new Random(repetition.getCurrentRepetition());
        Map<String, EventId> acknowledged = new HashMap<>();
        Set<String> perhaps = new HashSet<>();
        SimulatedDisk disk = new SimulatedDisk(Map.of(), random);
        for (int life = 0; life < CUTS; life++) {
            SimulatedDisk found;
            try (OpenJournal journal = OpenJournal.on(disk, SyncMode.ALWAYS)) {
                checkAll(acknowledged, perhaps, journal);
                for (int i = random.nextInt(80); i >= 0; i--) {
                    String data = life + "/" + i + "x".repeat(random.nextInt(3000));
                    acknowledged.put(data, journal.append("t" + random.nextInt(4), data));
                }
                String last = (life + " perhaps ").repeat(random.nextInt(4000) + 1);
                perhaps.add(last);
                journal.log().append(Event.message(new Topic("t0"), last));
                found = new SimulatedDisk(disk.contentAfterPowerCut(Survival.any(random)), random);
            }
            disk = found;
        }
    }

    @RepeatedTest(10)
    void withoutSyncsBetweenTheLastMayBeLostButNoOthers(RepetitionInfo repetition) {
        Random random = new Random(repetition.getCurrentRepetition());
        SimulatedDisk disk = new SimulatedDisk(Map.of(), random);
        List<String> before = List.of();
        for (int life = 0; life < 2 * CUTS; life++) {
            List<String> appended = new ArrayList<>(before);
            SimulatedDisk found;
            try (OpenJournal journal = OpenJournal.on(disk, SyncMode.INTERVAL)) {
                for (int i = random.nextInt(300); i >= 0; i--) {
                    appended.add(life + "/" + i);
                    journal.append("t0", life + "/" + i);
                }
                found = new SimulatedDisk(disk.contentAfterPowerCut(Survival.any(random)), random);
            }
            disk = found;
            try (OpenJournal journal = OpenJournal.on(new SimulatedDisk(disk.copyFiles()), SyncMode.INTERVAL)) {
                List<String> after = journal.after(0, OpenJournal.topics("t0"));
                assertTrue(after.size() >= before.size(), "what was there at a start has been synced since");
                assertEquals(appended.subList(0, after.size()), after);
                before = after;
            }
        }
    }

    @Test
    void eventsOfAKilledProcessSurviveAPowerFailureAfterTheRestart() throws IOException {
        SimulatedDisk disk = new SimulatedDisk(Map.of());
        JournalLog killed = OpenJournal.unstarted(disk, SyncMode.INTERVAL);
        killed.append(Event.message(new Topic("t"), "unsynced"));
        killed.writer().turn();
        assertEquals(1, killed.head());
        JournalLog restarted = OpenJournal.unstarted(disk, SyncMode.INTERVAL);
        assertEquals(1, restarted.head());
        try (OpenJournal again =
                OpenJournal.on(new SimulatedDisk(disk.contentAfterPowerCut(Survival.NOTHING)), SyncMode.INTERVAL)) {
            assertEquals(List.of("unsynced"), again.after(0, OpenJournal.topics("t")));
        }
    }

    private static void checkAll(Map<String, EventId> acknowledged, Set<String> perhaps, OpenJournal journal) {
        Map<String, EventId> found = new HashMap<>();
        List<Long> offsets = new ArrayList<>();
        for (LogEntry entry : journal.entries(0, OpenJournal.topics("t0", "t1", "t2", "t3"))) {
            EventFrame frame = EventFrame.read(entry.frame());
            assertTrue(found.put(frame.data(), EventId.parse(frame.id())) == null, "twice: " + frame.data());
            offsets.add(entry.offset());
        }
        assertEquals(offsets.stream().sorted().toList(), offsets);
        found.keySet().removeAll(perhaps);
        assertEquals(acknowledged, found);
    }
}
