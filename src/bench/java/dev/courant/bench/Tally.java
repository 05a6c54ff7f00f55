package dev.courant.bench;

/** What all the streams of one thread have seen. That thread counts; others may look at any time. */
@SuppressWarnings("NonAtomicVolatileUpdate") // one thread writes
final class Tally {

    private final Latency latency = new Latency();
    private final Publisher publisher;
    private long now;
    private long seen;
    private volatile long delivered;
    private volatile int connected;
    private volatile int refused;
    private volatile int ended;
    private volatile int gaps;
    private volatile int late;
    private volatile int measureFrom = Integer.MAX_VALUE;

    Tally(Publisher publisher) {
        this.publisher = publisher;
    }

    /** Times are taken of this event and those after it. */
    void measureFrom(int sequence) {
        measureFrom = sequence;
    }

    /** Bytes have just been read: what follows arrived with them. */
    void read() {
        now = Publisher.micros();
    }

    /** Answers whether the event may be one that was published at all. */
    boolean received(long sequence, long micros) {
        if (sequence > publisher.issued()) {
            return false;
        }
        seen++;
        if (sequence >= measureFrom) {
            latency.record(now - micros);
        }
        return true;
    }

    /** All of what was read has been looked at: lets the others see it, once and not for each event. */
    void show() {
        delivered = seen;
    }

    /** Answers whether that was before anything was published: later, nobody can say what the stream begins with. */
    boolean opened() {
        boolean early = publisher.issued() == 0;
        late += early ? 0 : 1;
        connected++;
        return early;
    }

    void refused() {
        refused++;
    }

    void ended() {
        ended++;
    }

    void gap() {
        gaps++;
    }

    long delivered() {
        return delivered;
    }

    int connected() {
        return connected;
    }

    /** How many streams will never be open. */
    int refusals() {
        return refused;
    }

    /** How many of those connected the server has ended. */
    int ends() {
        return ended;
    }

    int gaps() {
        return gaps;
    }

    /** How many streams were opened only when events had been published. */
    int late() {
        return late;
    }

    /** To be asked when the thread has come to its end. */
    Latency latency() {
        return latency;
    }
}
