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
 * The process is killed in mid-publishing, a few times, or as often as {@code -Dcourant.kills=100} says. Its clients and
 * publishers come back each time. What came of it all is written to {@code target/journal-kills.txt}.
 */
class JournalKillIT {

    private static final int KILLS = Integer.getInteger("courant.kills", 5);
    private static final int PUBLISHERS = 4;

    @TempDir
    Path directory;

    private final ServerAvailability uptime = new ServerAvailability();
    private final Semaphore answers = new Semaphore(0);
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
                        new ResumingFollower(courant.uri().resolve("sse/test/kill"), "earliest", uptime)) {
            for (int i = 0; i < PUBLISHERS; i++) {
                publishers.add(
                        new PersistentPublisher(courant.uri().resolve("sse/test/kill"), "p" + i, uptime, answers));
            }
            for (int kill = 0; kill < KILLS; kill++) {
                awaitAnswers(20 + random.nextInt(400));
                uptime.down();
                courant.kill();
                courant.restart();
                uptime.up();
            }
            awaitAnswers(20);
            for (PersistentPublisher publisher : publishers) {
                publisher.close();
            }
            check(courant, follower);
        }
    }

    private void check(CourantProcess courant, ResumingFollower follower) throws Exception {
        Map<String, String> acknowledged = acknowledged();
        try (ResumingFollower late = new ResumingFollower(courant.uri().resolve("sse/test/kill"), "earliest", uptime)) {
            follower.await(() -> data(follower).containsAll(acknowledged.keySet()));
            late.await(() -> late.seen().size() >= follower.seen().size());
            Map<String, String> delivered = new HashMap<>();
            List<String> twice = new ArrayList<>();
            for (ResumingFollower.Seen event : follower.seen()) {
                if (delivered.put(event.data(), event.id()) != null) {
                    twice.add(event.data());
                }
            }
            Set<String> lost = new HashSet<>(acknowledged.keySet());
            lost.removeAll(delivered.keySet());
            Set<String> unacknowledged = new HashSet<>(delivered.keySet());
            unacknowledged.removeAll(acknowledged.keySet());
            report(acknowledged.size(), delivered.size(), lost.size(), twice.size(), unacknowledged.size());

            assertEquals(Set.of(), lost);
            assertEquals(List.of(), twice);
            acknowledged.forEach((data, id) -> assertEquals(id, delivered.get(data), "the id of " + data));
            assertEquals(List.of(), follower.gaps());
            assertEquals(follower.seen(), late.seen(), "who comes late sees the same, from the disk");
            assertFalse(
                    unacknowledged.stream().anyMatch(JournalKillIT::isKeyed), "those were published until they were");
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
        follower.seen().forEach(event -> data.add(event.data()));
        return data;
    }

    private static void report(int acknowledged, int delivered, int lost, int twice, int unacknowledged)
            throws IOException {
        Files.writeString(Path.of("target", "journal-kills.txt"), """
                | kills | acknowledged | delivered | lost | twice | not acknowledged, but stored |
                |---|---|---|---|---|---|
                | %d | %d | %d | %d | %d | %d |
                """.formatted(
                        KILLS, acknowledged, delivered, lost, twice, unacknowledged));
    }

    private void awaitAnswers(int count) throws InterruptedException {
        if (!answers.tryAcquire(count, HttpEventStream.DEADLINE.toSeconds(), TimeUnit.SECONDS)) {
            throw new AssertionError("only " + answers.availablePermits() + " of " + count + " were acknowledged");
        }
    }
}
