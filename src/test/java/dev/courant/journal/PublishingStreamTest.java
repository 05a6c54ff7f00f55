package dev.courant.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.courant.event.Event;
import dev.courant.event.Topic;
import dev.courant.log.EventPipe;
import dev.courant.log.KeyReusedException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests publishing streams in a journal. */
class PublishingStreamTest {

    private static final int EVENTS = 5000;

    @TempDir
    private Path directory;

    @Test
    void storesAStreamOnceOverARestart() throws Exception {
        EventPipe.Progress first;
        try (OpenJournal journal = OpenJournal.in(directory)) {
            first = publish(journal, 1, EVENTS, "");
        }
        try (OpenJournal journal = OpenJournal.in(directory)) {
            EventPipe.Progress again = publish(journal, 1, EVENTS + 10, "");
            EventPipe.Progress rest = publish(journal, EVENTS + 5, EVENTS + 20, "");
            EventPipe.Progress other = publish(journal, 1, EVENTS + 30, "other ");

            assertEquals(EVENTS, first.stored());
            assertEquals(EVENTS + 10, again.stored());
            assertEquals(16, rest.stored());
            assertEquals(EVENTS + 21, rest.next());
            assertInstanceOf(KeyReusedException.class, other.failure());
            assertEquals(EVENTS + 20, journal.log().head());
            assertEquals(rest.lastId(), journal.log().idOf(EVENTS + 20).toString());
        }
    }

    private static EventPipe.Progress publish(OpenJournal journal, int from, int to, String prefix) throws Exception {
        EventPipe pipe = new EventPipe(journal.log(), Runnable::run, () -> {});
        pipe.resume("k", from);
        for (int i = from; i <= to && pipe.progress().failure() == null; i++) {
            pipe.add(Event.message(new Topic("t"), prefix + "event " + i));
            if (i % 100 == 0 || i == to) {
                pipe.flush();
            }
        }
        AwaitCondition.until(pipe::isIdle);
        return pipe.progress();
    }
}
