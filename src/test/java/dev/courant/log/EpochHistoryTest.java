package dev.courant.log;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.courant.event.EventId;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class EpochHistoryTest {

    private static final OptionalLong NONE = OptionalLong.empty();

    @Test
    void findsWhatItNamed() {
        EpochHistory epochs = EpochHistory.of("a");
        assertEquals(new EventId("a", 7), epochs.idOf(7));
        assertEquals(OptionalLong.of(7), epochs.find(new EventId("a", 7), 10));
        assertEquals(OptionalLong.of(0), epochs.find(new EventId("a", 0), 10));
    }

    @Test
    void doesNotKnowWhatIsBeyondTheHeadOrOfAnother() {
        assertEquals(NONE, EpochHistory.of("a").find(new EventId("a", 11), 10));
        assertEquals(NONE, EpochHistory.of("a").find(new EventId("b", 1), 10));
    }

    @Test
    void doesNotKnowWhatWasLostAtTheEndOfAnEpoch() {
        EpochHistory epochs = EpochHistory.of("a").append("b", 10, 0);
        assertEquals(OptionalLong.of(10), epochs.find(new EventId("a", 10), 20));
        assertEquals(NONE, epochs.find(new EventId("a", 11), 20));
        assertEquals(OptionalLong.of(11), epochs.find(new EventId("b", 11), 20));
        assertEquals(NONE, epochs.find(new EventId("b", 9), 20));
        assertEquals(new EventId("a", 9), epochs.idOf(9));
        assertEquals(new EventId("b", 10), epochs.idOf(10));
    }

    @Test
    void knowsWhereAnEpochThatIsOverEnded() {
        EpochHistory epochs = EpochHistory.of("a").append("b", 10, 0).append("c", 20, 20);
        assertEquals(10, epochs.findEnd(new EventId("a", 11)));
        assertEquals(20, epochs.findEnd(new EventId("b", 999)));
        assertEquals(0, epochs.findEnd(new EventId("c", 999)), "the current one goes on");
        assertEquals(0, epochs.findEnd(new EventId("other", 3)));
    }

    @Test
    void countsAnewInALogThatWasMadeAnew() {
        EpochHistory epochs = EpochHistory.of("a").append("b", 10, 10);
        assertEquals(new EventId("b", 0), epochs.idOf(10));
        assertEquals(new EventId("b", 3), epochs.idOf(13));
        assertEquals(OptionalLong.of(13), epochs.find(new EventId("b", 3), 13));
        assertEquals(NONE, epochs.find(new EventId("b", 4), 13));
        assertEquals(OptionalLong.of(3), epochs.find(new EventId("a", 3), 13));
    }

    @Test
    void dropsEpochsWithoutRetainedEvents() {
        EpochHistory epochs = EpochHistory.of("a").append("b", 10, 0).append("c", 20, 0);
        assertEquals(epochs, epochs.dropBefore(9));
        assertEquals("b", epochs.dropBefore(10).epochs().get(0).name());
        assertEquals(1, epochs.dropBefore(25).epochs().size());
        assertEquals(NONE, epochs.dropBefore(10).find(new EventId("a", 3), 30));
    }
}
