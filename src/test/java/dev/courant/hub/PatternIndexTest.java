package dev.courant.hub;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.courant.event.NoTopics;
import dev.courant.event.Topic;
import dev.courant.event.TopicForm;
import dev.courant.event.TopicSelection;
import dev.courant.event.TopicSelector;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class PatternIndexTest {

    private final ThreadlessHub hub = new ThreadlessHub();
    private PatternIndex index = new PatternIndex();
    private final List<String> formed = new ArrayList<>();
    private final List<Counted> asked = new ArrayList<>();
    private final TopicForm lower = topic -> {
        formed.add(topic);
        return topic.startsWith("-") ? null : topic.toLowerCase(Locale.ROOT);
    };
    private long opened;

    /** A selector of topics with a prefix and a suffix, which counts its matches. */
    private final class Counted implements TopicSelector {

        private final boolean ownForm;
        private final String prefix;
        private final String end;

        Counted(boolean ownForm, String prefix, String end) {
            this.ownForm = ownForm;
            this.prefix = prefix;
            this.end = end;
        }

        @Override
        public boolean matches(String topic) {
            asked.add(this);
            String text = ownForm ? topic.toLowerCase(Locale.ROOT) : topic;
            return !(ownForm && topic.startsWith("-")) && text.startsWith(prefix) && text.endsWith(end);
        }

        @Override
        public TopicForm form() {
            return ownForm ? lower : TopicForm.NAME;
        }

        @Override
        public String prefix() {
            return prefix;
        }
    }

    @Test
    void bringsATopicIntoAFormOnceForAllPatterns() {
        for (int n = 0; n < 100; n++) {
            open(new Counted(true, "a", "" + n), new Counted(true, "a/b", "" + n));
        }
        index.find(new Topic("A/b/7"), 0);

        assertEquals(List.of("A/b/7"), formed);
    }

    @Test
    void matchesOnlyPatternsWithAPrefixOfTheTopic() {
        Counted all = new Counted(false, "", "x");
        Counted short1 = new Counted(false, "h1/", "x");
        Counted long1 = new Counted(false, "h1/a/", "x");
        for (int n = 2; n < 500; n++) {
            open(new Counted(false, "h" + n + "/a/", ""), new Counted(false, "h1/b" + n, ""));
        }
        open(all);
        open(short1);
        open(long1);
        index.find(new Topic("h1/a/y"), 0);

        assertEquals(Set.of(all, short1, long1), Set.copyOf(asked));
        assertEquals(3, asked.size());
    }

    @Test
    void matchesOnlyAudiencesAddedLater() {
        open(new Counted(false, "a", "b"));
        Counted later = new Counted(false, "a", "c");
        open(later);
        index.find(new Topic("ac"), 1);

        assertEquals(List.of(later), asked);
    }

    @Property
    void findsWhatAskingEveryPatternFinds(
            @ForAll("pieces") List<String> prefixes,
            @ForAll("pieces") List<String> ends,
            @ForAll("pieces") List<String> names) {
        index = new PatternIndex(); // jqwik runs all tries on one instance
        List<Audience> open = new ArrayList<>();
        for (int n = 0; n < prefixes.size(); n++) {
            String end = n < ends.size() ? ends.get(n) : "";
            String other = n < names.size() ? names.get(n) : "";
            boolean ownForm = n % 3 == 0;
            String prefix = ownForm ? prefixes.get(n).toLowerCase(Locale.ROOT) : prefixes.get(n);
            open.add(open(new Counted(ownForm, prefix, end), new Counted(false, end, other)));
        }
        for (int n = 0; n < open.size(); n += 4) {
            index.remove(open.remove(n));
        }
        for (String name : names) {
            Topic topic = new Topic("x" + name);
            Topic bare = new Topic(name.isEmpty() ? "x" : name);
            for (Topic each : List.of(topic, bare)) {
                assertEquals(
                        open.stream()
                                .filter(audience -> audience.selection.selectsByPattern(each))
                                .toList(),
                        List.copyOf(index.find(each, 0)));
            }
        }
    }

    @Provide
    Arbitrary<List<String>> pieces() {
        return Arbitraries.of("a", "b", "A", "-", "/", "ab")
                .list()
                .ofMaxSize(4)
                .map(list -> String.join("", list))
                .list()
                .ofMaxSize(30);
    }

    private Audience open(TopicSelector... patterns) {
        Audience audience = new Audience(
                new TopicSelection(Set.of(), Set.of(patterns), new NoTopics()), null, hub.log, new ReplayCache(), 0);
        audience.patternNumber = ++opened;
        index.add(audience);
        return audience;
    }
}
