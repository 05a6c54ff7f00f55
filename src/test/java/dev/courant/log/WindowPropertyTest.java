package dev.courant.log;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.courant.event.EventStreamParser;
import java.time.Duration;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class WindowPropertyTest {

    private enum Act {
        APPEND,
        PASS,
        EXPIRE
    }

    private long clock;

    private record Step(Act act, int amount) {}

    @Property(tries = 2_000)
    void holdsWhatTheModelHoldsAndGivesItInOrder(
            @ForAll("windows") WindowBounds window, @ForAll("steps") List<Step> steps) {
        clock = Long.MAX_VALUE - 2_000; // close to the overflow of a monotonic clock
        SingleTopicLog log = new SingleTopicLog(new MemoryLog("e", RetentionBounds.of(window), () -> clock));
        WindowModel model = new WindowModel(window);
        check(model, log);
        for (Step step : steps) {
            switch (step.act) {
                case APPEND -> {
                    log.append("x".repeat(step.amount));
                    model.append("x".repeat(step.amount));
                }
                case PASS -> {
                    clock += step.amount;
                    model.pass(step.amount);
                }
                case EXPIRE -> {
                    log.log().evictExpired();
                    model.evictExpired();
                }
            }
            check(model, log);
        }
    }

    private static void check(WindowModel model, SingleTopicLog log) {
        assertEquals(model.head(), log.log().head());
        for (int offset = 0; offset <= model.head() + 2; offset++) {
            assertEquals(
                    offset >= model.evicted() && offset <= model.head(), log.canReplayFrom(offset), "holds " + offset);
            long due = Math.max(offset, model.evicted()) + 1L;
            if (due > model.head()) {
                assertEquals(List.of(), log.readAfter(offset), "nothing comes after " + offset);
            } else {
                LogEntry next = log.readAfter(offset).get(0);
                assertEquals(due, next.offset());
                assertEquals(model.head() - due + 1, log.readAfter(offset).size());
                assertEquals(
                        List.of(model.due(due)),
                        EventStreamParser.decode(next.frame()).events());
            }
        }
    }

    /** Small, so that each bound is often the effective one. */
    @Provide
    Arbitrary<WindowBounds> windows() {
        return Combinators.combine(
                        Arbitraries.integers().between(1, 9),
                        Arbitraries.longs().between(1, 200),
                        Arbitraries.longs().between(1, 1_000).map(Duration::ofNanos))
                .as(WindowBounds::new);
    }

    @Provide
    Arbitrary<List<Step>> steps() {
        Arbitrary<Act> acts = Arbitraries.of(Act.APPEND, Act.APPEND, Act.APPEND, Act.PASS, Act.EXPIRE);
        return Combinators.combine(acts, Arbitraries.integers().between(0, 300))
                .as((act, amount) -> new Step(act, act == Act.APPEND ? amount % 40 : amount))
                .list()
                .ofMaxSize(40);
    }
}
