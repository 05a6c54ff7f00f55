package dev.courant.mercure;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.courant.event.Event;
import dev.courant.event.Topic;
import dev.courant.http.FormParameters;
import dev.courant.http.ProblemException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UpdateFormTest {

    private static final int MAX_DATA_BYTES = 100;

    @Test
    void readsAllFieldsAndIgnoresUnknownOnes() {
        Event event =
                read("topic=https://example.com/1&data=a%0Ab&id=urn:x:1&type=t&retry=12&private=&topic=b&future=x");

        assertEquals(
                new Event(
                        List.of(new Topic("https://example.com/1"), new Topic("b")),
                        true,
                        "urn:x:1",
                        "t",
                        Duration.ofMillis(12),
                        "a\nb"),
                event);
    }

    @Test
    void requiresOnlyATopic() {
        assertEquals(Event.message(new Topic("a"), ""), read("topic=a"));
        assertEquals(Event.message(new Topic("a"), ""), read("topic=a&id=&type=&retry="));
        assertEquals(
                List.of(new Topic("a"), new Topic("b")),
                read("topic=a&topic=b&topic=a").topics());
    }

    @ParameterizedTest
    @ValueSource(strings = {"private=on", "private", "private=", "private=false", "private=0", "%70rivate=x"})
    void isPrivateIfTheFieldIsPresent(String field) {
        assertTrue(read("topic=a&" + field).restricted());
        assertFalse(read("topic=a&data=" + field.replace("%", "%25")).restricted());
    }

    @Test
    void namesAnEmptyTopic() {
        assertEquals(
                "This update cannot be published: a topic must not be empty.",
                assertThrows(ProblemException.class, () -> read("topic=")).getMessage());
    }

    @ParameterizedTest
    @CsvSource({
        "data=x, 400",
        "topic=, 400",
        "topic=*, 400",
        "topic=a&topic=*, 400",
        "topic=a%0Ab, 400",
        "topic=a%E2%80%8Bb, 400",
        "topic=a%C2%85b, 400",
        "topic=a&topic=%00, 400",
        "topic=a&id=%23x, 400",
        "topic=a&id=earliest, 400",
        "topic=a&id=a%0Db, 400",
        "topic=a&id=a%00b, 400",
        "topic=a&id=a%E2%80%AEb, 400",
        "topic=a&id=a%E0%A2%91b, 400",
        "topic=a&type=a%F0%93%90%B9b, 400",
        "topic=a&type=a%0Ab, 400",
        "topic=a&type=a%C2%ADb, 400",
        "topic=a&type=gap, 400",
        "topic=a&retry=1.5, 400",
        "topic=a&retry=-1, 400",
        "topic=a&retry=+1, 400",
        "topic=a&retry=%D9%A1, 400",
        "topic=a&retry=99999999999999999999, 400",
        "topic=a&data=%C3%28, 400"
    })
    void rejectsInvalidFields(String form, int status) {
        assertEquals(status, rejectionStatus(form));
    }

    @Test
    void rejectsWhatExceedsALimit() {
        assertEquals(413, rejectionStatus("topic=a&data=" + "x".repeat(MAX_DATA_BYTES + 1)));
        assertEquals(413, rejectionStatus("topic=a&data=" + "%E2%82%AC".repeat(MAX_DATA_BYTES / 3 + 1)));
        assertEquals(413, rejectionStatus("topic=" + "x".repeat(1025)));
        assertEquals(413, rejectionStatus("topic=a&id=" + "x".repeat(1025)));
        assertEquals(413, rejectionStatus("topic=a&type=" + "x".repeat(256)));
        assertEquals(413, rejectionStatus("topic=a&".repeat(101)));
        assertEquals(413, rejectionStatus("topic=a&".repeat(FormParameters.MAX_PAIRS + 1)));
        assertEquals(
                MAX_DATA_BYTES,
                read("topic=a&data=" + "x".repeat(MAX_DATA_BYTES)).data().length());
        assertTrue(UpdateForm.maxBytes(MAX_DATA_BYTES) > 3 * MAX_DATA_BYTES + 100 * 3 * 1024 / 2);
        assertTrue(UpdateForm.maxBytes(Integer.MAX_VALUE) > 0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"%C3%A9", "a+", "+a", "%F0%9F%98%80"})
    void ignoresIdThatDoesNotFitInAHeader(String id) {
        assertNull(read("topic=a&id=" + id).id());
    }

    private static Event read(String form) {
        return UpdateForm.read(form.getBytes(UTF_8), UTF_8, MAX_DATA_BYTES);
    }

    private static int rejectionStatus(String form) {
        return assertThrows(ProblemException.class, () -> read(form)).problem().status();
    }
}
