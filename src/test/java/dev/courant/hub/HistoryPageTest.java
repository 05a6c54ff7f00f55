package dev.courant.hub;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.courant.event.Event;
import dev.courant.event.EventFrame;
import dev.courant.event.Topic;
import dev.courant.event.TopicSelection;
import dev.courant.log.ReplayLimit;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class HistoryPageTest {

    private static final TopicSelection A = TopicSelection.of(Set.of(new Topic("a")));

    private final ThreadlessHub hub = new ThreadlessHub();

    @Test
    void continuesAfterTheLastEvent() {
        for (String data : List.of("1", "2", "3")) {
            hub.store("a", data);
            hub.store("other", data);
        }
        HistoryPage newest = hub.hub.readHistory(A, null, 2);
        assertEquals(List.of("2", "3"), data(newest));
        assertEquals("#e-5", newest.lastEventId(), "not the head, which changes with other topics");
        assertFalse(newest.hasMore());

        HistoryPage first = hub.hub.readHistory(A, Event.EARLIEST, 2);
        assertEquals(List.of("1", "2"), data(first));
        assertTrue(first.hasMore());
        assertEquals(List.of("3"), data(hub.hub.readHistory(A, first.lastEventId(), 2)));

        HistoryPage end = hub.hub.readHistory(A, "#e-5", 2);
        assertEquals(new HistoryPage(List.of(), "#e-5", false, false), end);
    }

    @Test
    void aStreamContinuesAnEmptyPage() {
        HistoryPage empty = hub.hub.readHistory(A, null, 2);
        assertEquals(new HistoryPage(List.of(), Event.EARLIEST, false, false), empty);
        hub.store("a", "1");
        assertEquals(List.of("1"), hub.resume(empty.lastEventId(), "a").data());
    }

    @Test
    void reportsMissingEvents() {
        ThreadlessHub small = new ThreadlessHub(3);
        for (String data : List.of("1", "2", "3", "4", "5", "6")) {
            small.store("a", data);
        }
        for (String id : List.of("#e-1", "#x-1", "unknown", "#e-99", "")) {
            assertTrue(small.hub.readHistory(A, id, 2).missing(), id);
        }
        assertEquals(List.of("4", "5"), data(small.hub.readHistory(A, "#e-3", 2)));
        assertEquals(List.of("4", "5"), data(small.hub.readHistory(A, Event.EARLIEST, 2)));
    }

    @Test
    void boundsAPage() {
        ThreadlessHub limited = new ThreadlessHub(new ReplayLimit(3, 1 << 20), null);
        String large = "x".repeat(HistoryPage.MAX_BYTES / 2);
        for (int i = 0; i < 5; i++) {
            limited.store("a", "small");
        }
        for (int i = 0; i < 4; i++) {
            limited.store("a", large);
        }
        assertEquals(3, limited.hub.readHistory(A, Event.EARLIEST, 100).events().size());
        HistoryPage page = limited.hub.readHistory(A, "#e-5", 100);
        assertEquals(2, page.events().size(), "by bytes");
        assertEquals("#e-7", page.lastEventId());
        assertTrue(page.hasMore());
    }

    private static List<String> data(HistoryPage page) {
        return page.events().stream()
                .map(entry -> EventFrame.read(entry.frame()).data())
                .toList();
    }
}
