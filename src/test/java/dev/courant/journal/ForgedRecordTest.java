package dev.courant.journal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.courant.event.EventKind;
import dev.courant.event.Topic;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Tests that a publisher cannot hide a record in an event, which counts once a power failure tears that event. */
class ForgedRecordTest {

    private static final long AFTER_2038 = 1L << 41; // its bytes are ASCII
    private static final int MAX_NONCES = 10_000;

    /** Returns a record of an event, as text if there is such a record. */
    private static String forgery(long offset, String topic) {
        String text = "";
        for (int nonce = 0; nonce < MAX_NONCES; nonce++) {
            byte[] frame = ("id: #x-1\ndata: forged " + nonce + "\n\n")
                    .replace('\n', ' ')
                    .getBytes(UTF_8);
            byte[] record = SegmentRecord.encode(
                    new StoredEvent(
                            offset, AFTER_2038, EventKind.EVENT, List.of(new Topic(topic)), false, null, null, frame),
                    0);
            text = new String(record, UTF_8);
            if (Arrays.equals(text.getBytes(UTF_8), record) && text.indexOf('\n') < 0 && text.indexOf('\r') < 0) {
                return text;
            }
        }
        return text;
    }

    @Test
    void aRecordInTheDataOfATornEventDoesNotCount() {
        SimulatedDisk disk = new SimulatedDisk(Map.of());
        Map<String, byte[]> content;
        try (OpenJournal journal = OpenJournal.on(disk, SyncMode.ALWAYS)) {
            journal.append("public", "first");
            journal.append("public", "x" + forgery(2, "secret") + "y".repeat(1000));
            content = disk.copyFiles();
        }
        String name = Segment.logName(1);
        content.put(name, Arrays.copyOf(content.get(name), content.get(name).length - 100));
        try (OpenJournal journal = OpenJournal.on(
                new SimulatedDisk(content),
                new JournalBounds(1000, 1L << 30, Duration.ofDays(7)),
                JournalClocks.system())) {
            assertEquals(0, journal.entries(0, OpenJournal.topics("secret")).size());
            assertEquals(List.of("first"), journal.after(0, OpenJournal.topics("public")));
        }
    }
}
