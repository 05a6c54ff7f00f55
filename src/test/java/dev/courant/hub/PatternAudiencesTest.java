package dev.courant.hub;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.courant.event.NoTopics;
import dev.courant.event.PrefixSelector;
import dev.courant.event.RandomTopics;
import dev.courant.event.Topic;
import dev.courant.event.TopicSelection;
import dev.courant.event.TopicSelector;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class PatternAudiencesTest {

    private static final Topic A1 = new Topic("a1");
    private static final Topic B1 = new Topic("b1");

    private final ThreadlessHub hub = new ThreadlessHub();
    private final PatternAudiences audiences = new PatternAudiences();

    @Test
    void findsMatchingAudiencesInTheOrderOfTheirCreation() {
        Audience all = open("");
        Audience a = open("a");
        open("c");
        Audience later = open("a1");

        assertEquals(List.of(all, a, later), audiences.find(A1));
        assertEquals(List.of(all), audiences.find(B1));
    }

    @Test
    void findsAudiencesAddedSinceTheTopicWasCached() {
        Audience early = open("a");
        assertEquals(List.of(early), audiences.find(A1));
        Audience late = open("");

        assertEquals(List.of(early, late), audiences.find(A1));
        assertEquals(List.of(late), audiences.find(B1));
    }

    @Test
    void neverFindsAClosedAudience() {
        Audience stays = open("a");
        Audience goes = open("a");
        audiences.find(A1);
        audiences.remove(goes);
        Audience comes = open("a");

        assertEquals(List.of(stays, comes), audiences.find(A1));
        audiences.remove(stays);
        audiences.remove(comes);
        assertEquals(List.of(), audiences.find(A1));
        Audience anew = open("a");
        assertEquals(List.of(anew), audiences.find(A1));
    }

    @Test
    void asksAPatternOnceForEachTopicThatIsUsed() {
        AtomicInteger asked = new AtomicInteger();
        open(topic -> asked.incrementAndGet() > 0);
        for (int n = 0; n < 100; n++) {
            audiences.find(A1);
            Audience passing = open("b");
            audiences.find(B1);
            audiences.remove(passing);
        }

        assertEquals(2, asked.get());
    }

    @Test
    void findsTheSameWithoutACache() {
        Random random = new Random(1);
        List<Audience> open = new ArrayList<>();
        for (int step = 0; step < 20_000; step++) {
            int act = random.nextInt(6);
            if (act == 0 || open.isEmpty()) {
                open.add(open(random.nextBoolean() ? "a" : "" + random.nextInt(3)));
            } else if (act == 1) {
                audiences.remove(open.remove(random.nextInt(open.size())));
            } else {
                Topic topic = random.nextBoolean()
                        ? RandomTopics.ALL.get(random.nextInt(4))
                        : new Topic(random.nextInt(3) + "x" + random.nextInt(6000));
                assertEquals(
                        open.stream()
                                .filter(each -> each.selection.selectsByPattern(topic))
                                .toList(),
                        audiences.find(topic));
            }
        }
    }

    @Test
    void remembersNoMoreTopicsThanItsBound() {
        open("");
        for (int n = 0; n < 2 * PatternAudiences.MAX_TOPICS; n++) {
            audiences.find(new Topic("t" + n));
        }

        assertEquals(PatternAudiences.MAX_TOPICS, audiences.cachedCount());
    }

    @Test
    void remembersFewerTopicsWhereEachHasManyListeners() {
        int each = PatternAudiences.MAX_CACHED_AUDIENCES / 100;
        for (int n = 0; n < each; n++) {
            open("");
        }
        for (int n = 0; n < 300; n++) {
            assertEquals(each, audiences.find(new Topic("t" + n)).size());
        }

        assertTrue(audiences.cachedCount() <= PatternAudiences.MAX_CACHED_AUDIENCES);
        assertTrue(
                audiences.cachedCount() > PatternAudiences.MAX_CACHED_AUDIENCES - 2 * each, "and not needlessly few");
    }

    @Test
    void doesNotKeepTheClosedOnesOfTopicsThatAreUsedNoMore() {
        open("");
        for (int topic = 0; topic < 40; topic++) {
            List<Audience> passing = new ArrayList<>();
            for (int n = 0; n < 200; n++) {
                passing.add(open(""));
            }
            audiences.find(new Topic("t" + topic));
            passing.forEach(audiences::remove);
        }

        assertTrue(
                audiences.cachedCount() <= 40 + PatternAudiences.MAX_CLOSED + 1,
                () -> audiences.cachedCount() + " are kept");
    }

    @Test
    void remembersNothingOnceAllAreClosed() {
        Audience only = open("");
        audiences.find(A1);
        audiences.find(B1);
        audiences.remove(only);
        assertEquals(0, audiences.cachedCount());

        open("");
        audiences.find(A1);
        assertEquals(1, audiences.cachedCount());
    }

    private Audience open(String prefix) {
        return open(new PrefixSelector(prefix));
    }

    private Audience open(TopicSelector pattern) {
        TopicSelection selection = new TopicSelection(Set.of(), Set.of(pattern), new NoTopics());
        Audience audience = new Audience(selection, null, hub.log, new ReplayCache(), 0);
        audiences.add(audience);
        return audience;
    }
}
