package dev.courant.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventIdTest {

    @ParameterizedTest
    @CsvSource({"a,0", "k3j9,1", "0,10", "abcdefghijklmnopqrstuvwxyz012345,999999999999999999"})
    void readsBackWhatItWrites(String epoch, long offset) {
        EventId id = new EventId(epoch, offset);

        assertEquals("#" + epoch + "-" + offset, id.toString());
        assertEquals(id, EventId.parse(id.toString()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "#",
                "a-1",
                "##a-1",
                "%23a-1",
                "#-",
                "#a",
                "#a-",
                "#-1",
                "#a--1",
                "#a-01",
                "#a-00",
                "#a-+1",
                "#a-1 ",
                "# a-1",
                "#a-1\n",
                "#a-1\r",
                "#A-1",
                "#a-1-1",
                "#a b-1",
                "#ä-1",
                "#a-1.0",
                "#a-0x1",
                "#a-1e3",
                "#a-９",
                "#a_1",
                "#a-1\0",
                "#a\0-1",
                "#abcdefghijklmnopqrstuvwxyz0123456-1",
                "#a-9223372036854775807",
                "#a-99999999999999999999999999"
            })
    void readsNothingElse(String text) {
        assertNull(EventId.parse(text));
    }

    @Test
    void neverThrowsForAnyText() {
        Random random = new Random(1);
        String alphabet = "az09--  \n\r\0é\ud83d٣";
        for (int round = 0; round < 20_000; round++) {
            StringBuilder text = new StringBuilder();
            for (int length = random.nextInt(40); length > 0; length--) {
                text.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            EventId id = EventId.parse(text.toString());
            if (id != null) {
                assertEquals(text.toString(), id.toString());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "A", "a-b", "a b", "a\n", "abcdefghijklmnopqrstuvwxyz0123456"})
    void refusesAnEpochThatWouldNotBeReadBack(String epoch) {
        assertThrows(IllegalArgumentException.class, () -> new EventId(epoch, 1));
    }

    @Test
    void refusesANegativeOffset() {
        assertThrows(IllegalArgumentException.class, () -> new EventId("a", -1));
    }

    @Test
    void hasAsManyOffsetsAsItReadsBack() {
        EventId last = new EventId("a", EventId.MAX_OFFSET);
        assertEquals(last, EventId.parse(last.toString()));
        assertThrows(IllegalArgumentException.class, () -> new EventId("a", EventId.MAX_OFFSET + 1));
    }
}
