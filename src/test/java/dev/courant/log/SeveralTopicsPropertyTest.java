package dev.courant.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.courant.event.Event;
import dev.courant.event.RandomTopics;
import dev.courant.event.TestReaders;
import dev.courant.event.TopicSelection;
import dev.courant.log.RetentionModel.RetainedEvent;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Events of several topics in windows so small that they evict each other's events. */
class SeveralTopicsPropertyTest {

    private static final List<String> IDS = List.of("p", "q");

    private long clock;

    @Property(tries = 1_000, edgeCases = EdgeCasesMode.NONE)
    void answersAsTheModelDoes(@ForAll("retentions") RetentionBounds retention, @ForAll Random random) {
        clock = Long.MAX_VALUE - 2_000; // close to the overflow of a monotonic clock
        MemoryLog log = new MemoryLog("e", retention, () -> clock);
        RetentionModel model = new RetentionModel(retention);
        for (int step = 0; step < 40; step++) {
            switch (random.nextInt(6)) {
                case 0 -> clock += random.nextInt(300);
                case 1 -> {
                    log.evictExpired();
                    model.evictExpired(clock);
                }
                default -> append(log, model, random);
            }
            check(log, model, retention);
            for (int reader = 0; reader < 4; reader++) {
                TopicSelection selection = RandomTopics.selection(random);
                long after = random.nextInt((int) log.head() + 1);
                checkRead(log, model, selection, after);
                checkBounds(log, model, selection, after, random);
            }
        }
    }

    private void append(MemoryLog log, RetentionModel model, Random random) {
        String id = random.nextInt(4) == 0 ? IDS.get(random.nextInt(IDS.size())) : null;
        boolean restricted = random.nextInt(3) == 0;
        Event event = new Event(
                RandomTopics.topicsOfEvent(random), restricted, id, null, null, "x".repeat(random.nextInt(40)));
        log.append(event);
        LogEntry entry = log.next(log.head() - 1);
        assertEquals(restricted, entry.restricted());
        assertEquals(event.topics(), entry.topics());
        model.append(new RetainedEvent(log.head(), event.topics(), restricted, id, entry.frame().length, clock));
    }

    private static void check(MemoryLog log, RetentionModel model, RetentionBounds retention) {
        assertEquals(model.topics(), log.countTopics());
        Set<Long> held =
                Set.copyOf(model.entries().stream().map(RetainedEvent::offset).toList());
        for (long offset = 1; offset <= log.head(); offset++) {
            boolean there = log.next(offset - 1) != null;
            if (!held.contains(offset)) {
                assertFalse(there, "an entry that no topic retains is evicted: " + offset);
            } else if (log.head() - offset < retention.whole().maxEvents()) {
                assertTrue(there, "an entry that a topic retains can be followed: " + offset);
            }
        }
        IDS.forEach(id -> assertEquals(model.find(id), log.find(id, TestReaders.EVERYTHING)));
    }

    private static void checkRead(MemoryLog log, RetentionModel model, TopicSelection selection, long after) {
        List<Long> due = offsets(model.findRetained(selection, after));
        List<Long> read = log.read(selection, after, Long.MAX_VALUE, Integer.MAX_VALUE).stream()
                .map(LogEntry::offset)
                .toList();
        if (isExactlyKnown(model, selection, after)) {
            assertEquals(due, read);
        } else {
            assertTrue(read.containsAll(due), "the retained entries of the selected topics");
            assertEquals(
                    model.findAll(selection, after).stream()
                            .map(RetainedEvent::offset)
                            .filter(read::contains)
                            .toList(),
                    read,
                    "and other selected and readable entries, each once and in order");
        }

        long floor = log.floor(selection, after);
        assertTrue(floor >= after);
        if (model.hasEvicted(selection, after)) {
            assertTrue(floor > after, "never silently");
        } else if (!model.hasRemovedTopic(after)) {
            assertEquals(after, floor, "no selected event is missing");
        }
    }

    /**
     * Returns whether the result is determined. A pattern may or may not find an event that only some of its topics
     * have evicted.
     */
    private static boolean isExactlyKnown(RetentionModel model, TopicSelection selection, long after) {
        return selection.isExact() || !model.hasEvicted(selection, after);
    }

    private static void checkBounds(
            MemoryLog log, RetentionModel model, TopicSelection selection, long after, Random random) {
        if (!isExactlyKnown(model, selection, after)) {
            return;
        }
        List<RetainedEvent> all = model.findRetained(selection, after);
        long upTo = after + random.nextInt(10);
        int bytes = 1 + random.nextInt(300);
        List<RetainedEvent> due =
                all.stream().filter(stored -> stored.offset() <= upTo).toList();
        int most = (int) IntStream.range(0, due.size())
                .filter(n -> bytes(due.subList(0, n)) < bytes)
                .count();
        assertEquals(
                offsets(due.subList(0, most)),
                log.read(selection, after, upTo, bytes).stream()
                        .map(LogEntry::offset)
                        .toList());

        ReplayLimit limit = new ReplayLimit(1 + random.nextInt(6), bytes);
        int last = Math.min(all.size(), limit.maxEvents());
        while (last > 1 && bytes(all.subList(all.size() - last, all.size())) > limit.maxBytes()) {
            last--;
        }
        long from = last == all.size() ? after : all.get(all.size() - last - 1).offset();
        assertEquals(from, log.findReplayStart(selection, after, limit));
    }

    private static List<Long> offsets(List<RetainedEvent> all) {
        return all.stream().map(RetainedEvent::offset).toList();
    }

    private static long bytes(List<RetainedEvent> all) {
        return all.stream().mapToLong(RetainedEvent::bytes).sum();
    }

    @Provide
    Arbitrary<RetentionBounds> retentions() {
        Arbitrary<WindowBounds> windows = Combinators.combine(
                        Arbitraries.integers().between(1, 12),
                        Arbitraries.longs().between(1, 500),
                        Arbitraries.longs().between(1, 1_000).map(Duration::ofNanos))
                .as(WindowBounds::new);
        return Combinators.combine(windows, windows).as(RetentionBounds::new);
    }
}
