package dev.courant.bench;

/** The counters of all streams of one thread. That thread updates them; any thread may read them. */
@SuppressWarnings("NonAtomicVolatileUpdate") // one thread writes
final class StreamCounters {

    private final LatencyHistogram latency = new LatencyHistogram();
    private final FixedRatePublisher publisher;
    private long now;
    private long unpublishedDelivered;
    private volatile long delivered;
    private volatile int connected;
    private volatile int refused;
    private volatile int ended;
    private volatile int gaps;
    private volatile int late;
    private volatile int measureFrom = Integer.MAX_VALUE;

    StreamCounters(FixedRatePublisher publisher) {
        this.publisher = publisher;
    }

    /** Starts to record latencies, from this event on. */
    void measureFrom(int sequence) {
        measureFrom = sequence;
    }

    /** Sets the arrival time of the events in the bytes that were just read. */
    void setReadTime() {
        now = FixedRatePublisher.micros();
    }

    /** Counts an event, and returns whether its number has been published. */
    boolean received(long sequence, long micros) {
        if (sequence > publisher.issued()) {
            return false;
        }
        unpublishedDelivered++;
        if (sequence >= measureFrom) {
            latency.record(now - micros);
        }
        return true;
    }

    /** Publishes the counters to other threads, once for all events of a read. */
    void publishCounts() {
        delivered = unpublishedDelivered;
    }

    /** Counts a stream, and returns whether it was opened before publishing began. A later stream has an unknown start. */
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

    /** Returns the number of rejected streams. */
    int refusals() {
        return refused;
    }

    /** Returns the number of streams that the server has ended. */
    int ends() {
        return ended;
    }

    int gaps() {
        return gaps;
    }

    /** Returns the number of streams that were opened after publishing began. */
    int late() {
        return late;
    }

    /** Returns the latencies. Call it after the thread has ended. */
    LatencyHistogram latency() {
        return latency;
    }
}
