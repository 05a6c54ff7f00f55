package dev.courant.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.NumericChars;
import net.jqwik.api.constraints.StringLength;

class EventIdPropertyTest {

    @Property
    void readsBackWhatItWrote(
            @ForAll @CharRange(from = 'a', to = 'z') @NumericChars @StringLength(min = 1, max = 32) String epoch,
            @ForAll @LongRange(min = 0, max = EventId.MAX_OFFSET) long offset) {
        EventId id = new EventId(epoch, offset);

        assertEquals(id, EventId.parse(id.toString()));
    }

    @Property(tries = 5_000, edgeCases = EdgeCasesMode.NONE)
    void readsNothingThatItWouldNotHaveWritten(@ForAll("likeAnId") String text) {
        EventId id = EventId.parse(text);

        assertEquals(isEventId(text), id != null, text);
        assertEquals(id == null ? null : text, id == null ? null : id.toString());
    }

    @Property
    void makesNoIdThatItWouldNotRead(@ForAll("epochs") String epoch, @ForAll long offset) {
        if (isEventId('#' + epoch + '-' + offset)) {
            assertEquals(epoch, new EventId(epoch, offset).epoch());
        } else {
            assertThrows(IllegalArgumentException.class, () -> new EventId(epoch, offset));
        }
    }

    @Provide
    Arbitrary<String> likeAnId() {
        Arbitrary<String> digits = Arbitraries.strings().numeric().ofMaxLength(20);
        Arbitrary<String> middles = Arbitraries.frequencyOf(Tuple.of(5, Arbitraries.just("-")), Tuple.of(1, odd()));
        Arbitrary<String> ends = Arbitraries.frequencyOf(Tuple.of(5, Arbitraries.just("")), Tuple.of(1, odd()));
        return Combinators.combine(ends, epochs(), middles, digits, ends)
                .as((first, epoch, middle, offset, last) -> first + '#' + epoch + middle + offset + last);
    }

    @Provide
    Arbitrary<String> epochs() {
        Arbitrary<String> right = Arbitraries.strings()
                .withCharRange('a', 'z')
                .numeric()
                .ofMinLength(1)
                .ofMaxLength(33);
        return Arbitraries.frequencyOf(Tuple.of(5, right), Tuple.of(1, odd()));
    }

    private static Arbitrary<String> odd() {
        return Arbitraries.oneOf(
                Arbitraries.strings().all().ofMaxLength(40),
                Arbitraries.randomValue(RandomText::piece),
                Arbitraries.of("-", "--", "+1", "-1", "0", "00", "\u0661", "\uff11", "E", "\u00e4"));
    }

    /** Checks by hand, not by the pattern under test. */
    private static boolean isEventId(String text) {
        int dash = text.indexOf('-');
        String epoch = dash < 1 ? "" : text.substring(1, dash);
        String offset = text.substring(dash + 1);
        return text.startsWith("#")
                && dash >= 2
                && dash <= 33
                && epoch.chars().allMatch(c -> "abcdefghijklmnopqrstuvwxyz0123456789".indexOf(c) >= 0)
                && !offset.isEmpty()
                && offset.length() <= 18
                && offset.chars().allMatch(c -> "0123456789".indexOf(c) >= 0)
                && (offset.equals("0") || offset.charAt(0) != '0');
    }
}
