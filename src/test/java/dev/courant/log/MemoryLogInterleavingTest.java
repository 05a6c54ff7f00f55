package dev.courant.log;

import dev.courant.event.Event;
import dev.courant.event.Topic;
import dev.courant.event.TopicSelection;
import dev.courant.support.TestDeadline;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.util.LoggingLevel;
import org.junit.jupiter.api.Test;

/**
 * Every interleaving of a few appends, evictions and reads in a window of two entries. A log is not linearizable: a
 * reader may see a window without the old entry and not yet with the new one. {@link #read} verifies what the hub
 * relies on. The test also verifies that a read completes wherever a writer is suspended.
 *
 * <p>The model checker assumes sequential consistency, so it does not prove that a field must be volatile.
 */
@Param(name = "offset", gen = IntGen.class, conf = "0:4")
public class MemoryLogInterleavingTest {

    private static final Topic TOPIC = new Topic("t");
    private static final TopicSelection TOPICS = TopicSelection.of(Set.of(TOPIC));
    private static final Event EVENT = Event.message(TOPIC, "x");

    /** A frame is shorter than this, so a second one is read. */
    private static final int TWO = 30;

    private final AtomicLong now = new AtomicLong();
    private final AtomicLong acknowledged = new AtomicLong();
    private final MemoryLog log =
            new MemoryLog("e", RetentionBounds.of(new WindowBounds(2, 1 << 20, Duration.ofNanos(1))), now::get);

    /** The required result of each operation, independent of the interleaving. */
    public static final class Expected {

        public void append() {}

        public void expire() {}

        public Answer read(int offset) {
            return Answer.RIGHT;
        }

        public Answer follow(int offset) {
            return Answer.RIGHT;
        }
    }

    public enum Answer {
        RIGHT,
        DID_NOT_GO_FORWARD,
        MISSED_WHAT_WAS_ACKNOWLEDGED,
        PASSED_OVER_WHAT_WAS_HELD
    }

    @Operation(blocking = true)
    public void append() {
        long offset = log.append(EVENT).toCompletableFuture().join().offset();
        acknowledged.accumulateAndGet(offset, Math::max);
    }

    @Operation(blocking = true)
    public void expire() {
        now.addAndGet(2);
        log.evictExpired();
    }

    /** Reads two entries like a subscriber that catches up, and then checks whether all of them were retained. */
    @Operation
    public Answer read(@Param(name = "offset") int offset) {
        long known = acknowledged.get();
        List<LogEntry> entries = log.read(TOPICS, offset, Long.MAX_VALUE, TWO);
        long last = offset;
        boolean complete = true;
        for (LogEntry entry : entries) {
            if (entry.offset() <= last) {
                return Answer.DID_NOT_GO_FORWARD;
            }
            complete &= entry.offset() == last + 1;
            last = entry.offset();
        }
        boolean held = log.floor(TOPICS, offset) <= offset;
        if (held && entries.isEmpty() && known > offset) {
            return Answer.MISSED_WHAT_WAS_ACKNOWLEDGED;
        }
        return held && !complete ? Answer.PASSED_OVER_WHAT_WAS_HELD : Answer.RIGHT;
    }

    /** Follows the log like a dispatcher: a retained and acknowledged entry can be read. */
    @Operation
    public Answer follow(@Param(name = "offset") int offset) {
        long known = acknowledged.get();
        LogEntry entry = log.next(offset);
        if (entry != null) {
            return entry.offset() == offset + 1 ? Answer.RIGHT : Answer.DID_NOT_GO_FORWARD;
        }
        return known > offset && log.floor(TOPICS, offset) <= offset
                ? Answer.MISSED_WHAT_WAS_ACKNOWLEDGED
                : Answer.RIGHT;
    }

    @Test
    void readersMissNothingAndDoNotWait() {
        new ModelCheckingOptions()
                .threads(2)
                .actorsBefore(2)
                .actorsPerThread(3)
                .actorsAfter(0)
                .iterations(6)
                .invocationsPerIteration(100)
                .sequentialSpecification(Expected.class)
                .checkObstructionFreedom(true)
                .enableAwaitLoopsAnalysis(false) // lincheck mistakes a retry for waiting
                .logLevel(LoggingLevel.ERROR)
                // The name that Kotlin gives to an option that is not public. The default is 10 s, which transforming
                // the classes can exceed on a loaded machine.
                .invocationTimeout$lincheck(TestDeadline.DURATION.toMillis())
                .check(MemoryLogInterleavingTest.class);
    }
}
