package dev.courant.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.courant.event.Event;
import dev.courant.event.EventId;
import dev.courant.event.Topic;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class GroupCommitTest {

    @Test
    void thoseWhoPublishAtTheSameTimeShareASync() {
        AtomicInteger syncs = new AtomicInteger();
        SimulatedDisk disk = new SimulatedDisk(Random::new, syncs::incrementAndGet, line -> {});
        try (OpenJournal journal = OpenJournal.on(disk, SyncMode.ALWAYS)) {
            int before = syncs.get();
            List<CompletionStage<EventId>> all = IntStream.range(0, 10_000)
                    .mapToObj(i -> journal.log().append(Event.message(new Topic("t"), "event " + i)))
                    .toList();
            for (int i = 0; i < all.size(); i++) {
                assertEquals(i + 1, all.get(i).toCompletableFuture().join().offset(), "in order");
            }
            int shared = syncs.get() - before;
            assertTrue(shared < 1000, shared + " syncs");
        }
    }
}
