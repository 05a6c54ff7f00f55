package dev.courant.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests the checker with faults in one client's copy of ten events; a second client receives all of them. */
class DeliveryCheckerTest {

    private final DeliveryChecker checker = new DeliveryChecker();

    @BeforeEach
    void publishesTen() {
        IntStream.rangeClosed(1, 10).forEach(n -> checker.topic("news").acknowledged(n, "e1-" + 2 * n));
        IntStream.rangeClosed(1, 10).forEach(n -> checker.topic("sport").acknowledged(n, "e1-" + (2 * n + 1)));
        checker.follows("a", "news");
        receives("well", "1 2 3 4 5 6 7 8 9 10");
    }

    @Test
    void findsNothingInACleanRun() {
        receives("a", "1 2 3 4 5 6 7 8 9 10");
        assertFaults(0, 0, 0, 0);
        assertEquals(
                List.of("20 received on 2 streams, 0 of them faulty, 0 lost, 0 duplicated, 0 reordered, 0 foreign,"
                        + " 0 excused by gap events"),
                checker.findings().lines());
    }

    @ParameterizedTest
    @CsvSource({
        "3 4 5 6 7 8 9 10, 2, 1",
        "1 2 3 4 7 8 9 10, 2, 5",
        "1 2 3 4 5 6 7 8, 2, 9",
        "2 4 6 8 10, 5, 1",
        "'', 10, 1"
    })
    void findsLoss(String received, int lost, int first) {
        receives("a", received);
        assertFaults(lost, 0, 0, 0);
        assertEquals(
                "a news: " + lost + " lost (first " + first + ")",
                checker.findings().lines().get(1));
    }

    @ParameterizedTest
    @CsvSource({"1 2 3 3 4 5 6 7 8 9 10, 1", "1 2 3 4 5 6 7 8 9 10 1 2, 2", "1 1 1 2 3 4 5 6 7 8 9 10, 2"})
    void findsDuplicates(String received, int duplicated) {
        receives("a", received);
        assertFaults(0, duplicated, 0, 0);
    }

    @ParameterizedTest
    @CsvSource({"1 2 4 3 5 6 7 8 9 10, 1", "10 1 2 3 4 5 6 7 8 9, 9", "2 1 3 4 5 6 9 8 7 10, 3"})
    void findsReorderedEvents(String received, int reordered) {
        receives("a", received);
        assertFaults(0, 0, reordered, 0);
    }

    @Test
    void distinguishesReorderedFromDuplicatedEvents() {
        receives("a", "1 3 2 2 5 6 7 8 9 10");
        assertFaults(1, 1, 1, 0);
    }

    @Test
    void findsEventsOfATopicThatIsNotFollowed() {
        receives("a", "1 2 3 4 5 6 7 8 9 10");
        checker.received("a", "sport", 3);
        checker.received("a", "sport", 4);
        assertFaults(0, 0, 0, 2);
    }

    @Test
    void findsEventsThatWereNeverPublished() {
        receives("a", "1 2 3 4 5 6 7 8 9 10 11 0");
        assertFaults(0, 0, 0, 2);
    }

    @Test
    void findsAlteredPayloads() {
        receives("a", "1 2 3");
        checker.foreign("a", "news");
        receives("a", "5 6 7 8 9 10");
        assertFaults(1, 0, 0, 1);
    }

    @Test
    void excusesExactlyWhatAGapEventAnnounces() {
        receives("a", "1 2 3");
        checker.resumes("a", "news", "e1-6");
        checker.gap("a", "news", "e1-6", "e1-14");
        receives("a", "8 9 10");
        assertFaults(0, 0, 0, 0);
        assertEquals(4, checker.findings().excused());
    }

    @ParameterizedTest
    @CsvSource({
        "e1-6, e1-12, 1", // 7 is missing after the gap
        "e1-8, e1-14, 1", // 4 is missing before it
        "e1-6, e1-6, 4",
        "e1-6, e9-3, 4" // the position of this id is unknown
    })
    void findsLossThatNoGapEventAnnounced(String requested, String resumed, int lost) {
        receives("a", "1 2 3");
        checker.gap("a", "news", requested, resumed);
        receives("a", "8 9 10");
        assertFaults(lost, 0, 0, 0);
    }

    @Test
    void excusesFromTheClientsPositionIfTheRequestedIdIsUnknown() {
        receives("a", "1 2 3");
        checker.gap("a", "news", "e0-6", "e1-15"); // an id of another topic, just behind 7
        receives("a", "8 9 10");
        assertFaults(0, 0, 0, 0);
    }

    @Test
    void findsEventsThatAGapEventAnnouncedAsMissing() {
        receives("a", "1 2 3");
        checker.gap("a", "news", "e1-6", "e1-14");
        receives("a", "7 8 9 10");
        assertFaults(0, 1, 0, 0);
    }

    @Test
    void expectsTheEventsAfterTheIdOfAReconnectingClient() {
        receives("a", "1 2 3 4 5 6");
        checker.resumes("a", "news", "e1-8"); // has had 5 and 6, and wants them again
        receives("a", "5 7 8 9 10");
        assertFaults(1, 0, 0, 0);
    }

    @Test
    void excusesEventsMissedBeforeAReconnectionWithoutAnId() {
        receives("a", "1 2 3");
        checker.live("a", "news");
        receives("a", "7 8 10");
        assertFaults(1, 0, 0, 0);
    }

    @Test
    void ignoresEventsThatWereNotAcknowledged() {
        checker.topic("news").attempted(11);
        checker.topic("news").attempted(12);
        receives("a", "1 2 3 4 5 6 7 8 9 10 11");
        assertFaults(0, 0, 0, 0);
    }

    @Test
    void checksARecordedRun(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("run");
        Files.write(
                file,
                List.of("# a run", "a x follows", "a x 1", "+ x 1 e-1", "+ x 2 e-2", "b x live", "b x 2", "? x 3"));
        assertEquals("a x: 1 lost (first 2)", Check.check(file).lines().get(1));

        Files.write(file, List.of("+ x 1", "a x"));
        assertThrows(IllegalArgumentException.class, () -> Check.check(file));
    }

    private void receives(String client, String sequences) {
        checker.follows(client, "news");
        Stream.of(sequences.split(" "))
                .filter(each -> !each.isEmpty())
                .forEach(each -> checker.received(client, "news", Long.parseLong(each)));
    }

    private void assertFaults(long lost, long duplicated, long reordered, long foreign) {
        CheckFindings findings = checker.findings();
        assertEquals(
                List.of(lost, duplicated, reordered, foreign),
                Stream.of(DeliveryFault.values()).map(findings::count).toList());
    }
}
