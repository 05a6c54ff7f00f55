package dev.courant.http;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ParameterNamesTest {

    private final ParameterNames names =
            new ParameterNames(Set.of("topic", "lastEventId", "type", "id", "retry", "private"));

    @ParameterizedTest
    @CsvSource({
        "topics, topic",
        "topic[], topic",
        "topic[0], topic",
        "Topic, topic",
        "tpoic, topic",
        "tropic, topic",
        "opic, topic",
        "tpye, type",
        "typ, type",
        "ID, id",
        "ids, id",
        "last_event_id, lastEventId",
        "Last-Event-ID, lastEventId",
        "lastEventID, lastEventId",
        "privat, private",
        "retri, retry"
    })
    void refusesASimilarNameAndSuggestsTheParameter(String miss, String meant) {
        ProblemException refused = assertThrows(ProblemException.class, () -> names.check(List.of("topic", miss)));
        assertEquals(
                "The parameter '" + miss + "' is unknown. Use '" + meant + "'.",
                refused.problem().detail());
        assertEquals(400, refused.problem().status());
    }

    @Test
    void refusesHeartbeatValuesOtherThanEvent() {
        assertDoesNotThrow(() -> ParameterNames.checkHeartbeat(null));
        assertDoesNotThrow(() -> ParameterNames.checkHeartbeat("event"));
        for (String value : List.of("", "true", "Event", "15s")) {
            assertThrows(ProblemException.class, () -> ParameterNames.checkHeartbeat(value), value);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "topic",
                "type",
                "id",
                "",
                "_",
                "t",
                "v",
                "ts",
                "utm_source",
                "fbclid",
                "token",
                "access_token",
                "iq",
                "ip",
                "tip",
                "client",
                "version",
                "[]",
                "cachebuster"
            })
    void ignoresOtherNames(String name) {
        assertDoesNotThrow(() -> names.check(List.of(name)));
    }
}
