package dev.courant.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.courant.event.Event;
import dev.courant.event.EventFrame;
import dev.courant.event.EventId;
import dev.courant.event.TestReaders;
import dev.courant.event.Topic;
import dev.courant.event.TopicSelection;
import dev.courant.log.LogEntry;
import dev.courant.log.ReplayLimit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Tests random operations: a journal delivers the same events to each client as a plain list, or reports a gap. */
class JournalPropertyTest {

    private static final List<String> TOPICS = List.of("a", "b", "c", "d");
    private static final JournalBounds BOUNDS = new JournalBounds(25, JournalBounds.LEAST_BYTES, Duration.ofHours(1));

    private enum JournalOperation {
        APPEND_ONE,
        APPEND_MANY,
        CLOSE,
        CRASH,
        PASS
    }

    /** An acknowledged event. */
    private record Known(EventId id, Set<String> topics, boolean restricted, String data) {}

    private final AtomicLong passed = new AtomicLong(); // milliseconds, on both clocks
    private final JournalClocks clocks = new JournalClocks(
            () -> System.nanoTime() + Duration.ofMillis(passed.get()).toNanos(),
            () -> System.currentTimeMillis() + passed.get());

    @Property(tries = 60)
    void tellsWhatAListTells(@ForAll("acts") List<JournalOperation> acts, @ForAll long seed) {
        Random random = new Random(seed);
        List<Known> known = new ArrayList<>();
        SimulatedDisk disk = new SimulatedDisk(Map.of());
        OpenJournal journal = OpenJournal.on(disk, BOUNDS, clocks);
        try {
            for (JournalOperation act : acts) {
                switch (act) {
                    case APPEND_ONE -> known.add(append(journal, random));
                    case APPEND_MANY -> {
                        for (int i = 0; i < 30; i++) {
                            known.add(append(journal, random));
                        }
                    }
                    case PASS -> passed.addAndGet(random.nextInt(1_800_000));
                    case CLOSE, CRASH -> {
                        Map<String, byte[]> left = disk.copyFiles();
                        journal.close();
                        disk = act == JournalOperation.CRASH ? new SimulatedDisk(left) : disk;
                        journal = OpenJournal.on(disk, BOUNDS, clocks);
                    }
                }
                check(journal, known, random);
            }
        } finally {
            journal.close();
        }
    }

    private static Known append(OpenJournal journal, Random random) {
        Set<String> topics = some(random);
        boolean restricted = random.nextInt(4) == 0;
        String data = "x".repeat(random.nextInt(200)) + random.nextLong();
        List<Topic> named = topics.stream().map(Topic::new).toList();
        EventId id = journal.append(new Event(named, restricted, null, null, null, data));
        return new Known(id, topics, restricted, data);
    }

    private static Set<String> some(Random random) {
        Set<String> some = new HashSet<>(Set.of(TOPICS.get(random.nextInt(TOPICS.size()))));
        TOPICS.stream().filter(topic -> random.nextInt(5) == 0).forEach(some::add);
        return some;
    }

    private static void check(OpenJournal journal, List<Known> known, Random random) {
        assertEquals(known.size(), journal.log().head());
        for (int i = 0; i < 5; i++) {
            Set<String> wanted = some(random);
            Set<Topic> topics = wanted.stream().map(Topic::new).collect(Collectors.toSet());
            String readable = TOPICS.get(random.nextInt(TOPICS.size()));
            TopicSelection selection = random.nextBoolean()
                    ? new TopicSelection(topics, Set.of(), readable::equals)
                    : new TopicSelection(Set.of(), Set.of(wanted::contains), readable::equals);
            check(journal, known, selection, random.nextInt(known.size() + 1));
        }
    }

    private static void check(OpenJournal journal, List<Known> known, TopicSelection selection, int after) {
        if (after > 0) {
            EventId id = known.get(after - 1).id();
            assertEquals(
                    after,
                    journal.log().find(id.toString(), TestReaders.EVERYTHING).orElse(-1),
                    "the place of " + id);
        }
        List<Known> due = known.subList(after, known.size()).stream()
                .filter(each -> isFor(each, selection))
                .toList();
        int limit = Math.max(1, due.size() / 2);
        long within = journal.log().history().findReplayStart(selection, after, new ReplayLimit(limit, 1 << 20));
        List<LogEntry> read = journal.entries(after, selection);
        long gone = journal.log().history().floor(selection, after);
        if (gone <= after) { // read after the events, as the hub does
            assertEquals(
                    due.stream().map(Known::data).toList(),
                    read.stream().map(JournalPropertyTest::data).toList());
            assertEquals(
                    due.stream().map(Known::id).toList(),
                    read.stream().map(JournalPropertyTest::id).toList());
            assertEquals(
                    due.size() > limit ? due.get(due.size() - limit - 1).id().offset() : after, within);
        } else {
            assertTrue(gone <= journal.log().history().floor(), "no more is gone of some topics than of all");
        }
    }

    private static boolean isFor(Known event, TopicSelection selection) {
        List<Topic> topics = event.topics().stream().map(Topic::new).toList();
        return topics.stream().anyMatch(selection::selects) && selection.canRead(topics, event.restricted());
    }

    private static String data(LogEntry entry) {
        return EventFrame.read(entry.frame()).data();
    }

    private static EventId id(LogEntry entry) {
        return EventId.parse(EventFrame.read(entry.frame()).id());
    }

    @Provide
    Arbitrary<List<JournalOperation>> acts() {
        return Arbitraries.of(JournalOperation.class).list().ofMinSize(1).ofMaxSize(12);
    }
}
