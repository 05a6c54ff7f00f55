package dev.courant.it.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.courant.brokers.FreePorts;
import dev.courant.support.CourantProcess;
import dev.courant.support.HttpEventStream;
import dev.courant.support.PersistentPublisher;
import dev.courant.support.ResumingFollower;
import dev.courant.support.ServerAvailability;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills the process while events are published, five times by default; {@code -Dcourant.kills=100} sets the number. Clients
 * and publishers reconnect each time. The test writes its results to {@code target/journal-kills.txt}.
 */
class JournalKillIT {

    private static final int KILLS = Integer.getInteger("courant.kills", 5);
    private static final int PUBLISHERS = 4;

    @TempDir
    Path directory;

    private final ServerAvailability availability = new ServerAvailability();
    private final Semaphore acknowledgements = new Semaphore(0);
    private final List<PersistentPublisher> publishers = new ArrayList<>();

    @Test
    void everyAcknowledgedEventIsDeliveredOnce() throws Exception {
        Random random = new Random(KILLS);
        List<String> jvmArgs = List.of(
                "-Dcourant.journal.dir=" + directory.resolve("journal"),
                "-Dcourant.publish.anonymous=test/**",
                "-Dcourant.numbers=false",
                "-Dcourant.window.max-events=50",
                "-Dcourant.replay.max-events=10000000",
                "-Dcourant.replay.max-bytes=10000000000");
        try (CourantProcess courant = CourantProcess.start(FreePorts.free(), jvmArgs);
                ResumingFollower follower =
                        new ResumingFollower(courant.uri().resolve("sse/test/kill"), "earliest", availability)) {
            for (int i = 0; i < PUBLISHERS; i++) {
                publishers.add(new PersistentPublisher(
                        courant.uri().resolve("sse/test/kill"), "p" + i, availability, acknowledgements));
            }
            for (int kill = 0; kill < KILLS; kill++) {
                awaitAcknowledgements(20 + random.nextInt(400));
                availability.down();
                courant.kill();
                courant.restart();
                availability.up();
            }
            awaitAcknowledgements(20);
            for (PersistentPublisher publisher : publishers) {
                publisher.close();
            }
            check(courant, follower);
        }
    }

    private void check(CourantProcess courant, ResumingFollower follower) throws Exception {
        Map<String, String> acknowledged = acknowledged();
        try (ResumingFollower lateFollower =
                new ResumingFollower(courant.uri().resolve("sse/test/kill"), "earliest", availability)) {
            follower.await(() -> data(follower).containsAll(acknowledged.keySet()));
            lateFollower.await(
                    () -> lateFollower.received().size() >= follower.received().size());
            Map<String, String> delivered = new HashMap<>();
            List<String> duplicates = new ArrayList<>();
            for (ResumingFollower.ReceivedEvent event : follower.received()) {
                if (delivered.put(event.data(), event.id()) != null) {
                    duplicates.add(event.data());
                }
            }
            Set<String> lost = new HashSet<>(acknowledged.keySet());
            lost.removeAll(delivered.keySet());
            Set<String> unacknowledged = new HashSet<>(delivered.keySet());
            unacknowledged.removeAll(acknowledged.keySet());
            report(acknowledged.size(), delivered.size(), lost.size(), duplicates.size(), unacknowledged.size());

            assertEquals(Set.of(), lost);
            assertEquals(List.of(), duplicates);
            acknowledged.forEach((data, id) -> assertEquals(id, delivered.get(data), "the id of " + data));
            assertEquals(List.of(), follower.gaps());
            assertEquals(
                    follower.received(), lateFollower.received(), "a late follower receives the same from the disk");
            assertFalse(
                    unacknowledged.stream().anyMatch(JournalKillIT::isKeyed),
                    "events with a key are published until they are acknowledged");
        }
    }

    private static boolean isKeyed(String data) {
        return Integer.parseInt(data.substring(data.indexOf('-') + 1)) % 2 == 0;
    }

    private Map<String, String> acknowledged() {
        Map<String, String> all = new HashMap<>();
        publishers.forEach(publisher -> all.putAll(publisher.acknowledged()));
        return all;
    }

    private static Set<String> data(ResumingFollower follower) {
        Set<String> data = new HashSet<>();
        follower.received().forEach(event -> data.add(event.data()));
        return data;
    }

    private static void report(int acknowledged, int delivered, int lost, int duplicates, int unacknowledged)
            throws IOException {
        Files.writeString(Path.of("target", "journal-kills.txt"), """
                | kills | acknowledged | delivered | lost | twice | not acknowledged, but stored |
                |---|---|---|---|---|---|
                | %d | %d | %d | %d | %d | %d |
                """.formatted(
                        KILLS, acknowledged, delivered, lost, duplicates, unacknowledged));
    }

    private void awaitAcknowledgements(int count) throws InterruptedException {
        if (!acknowledgements.tryAcquire(count, HttpEventStream.DEADLINE.toSeconds(), TimeUnit.SECONDS)) {
            throw new AssertionError(
                    "only " + acknowledgements.availablePermits() + " of " + count + " were acknowledged");
        }
    }
}
