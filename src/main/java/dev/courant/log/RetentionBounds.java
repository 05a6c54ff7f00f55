package dev.courant.log;

/**
 * The bounds of the window: of the whole log and of each topic. When the log exceeds its bounds, the topic with the
 * largest share of them evicts its oldest event. So a topic with less than an equal share loses nothing to a busy one.
 * Shares below a thousandth count as equal: among such topics, the oldest event is evicted, whatever its topic.
 * Otherwise, with as many topics as events, each topic would retain one event, and clients of a busy topic could never
 * resume.
 *
 * @param whole the bounds of all topics together
 * @param topic the bounds of each topic; the shorter of the two ages applies to all
 */
public record RetentionBounds(WindowBounds whole, WindowBounds topic) {

    /** Returns bounds that let each topic use the whole window as long as no other topic needs it. */
    public static RetentionBounds of(WindowBounds whole) {
        return new RetentionBounds(whole, whole);
    }

    long maxAgeNanos() {
        return Math.min(whole.maxAge().toNanos(), topic.maxAge().toNanos());
    }
}
