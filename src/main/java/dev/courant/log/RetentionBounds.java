package dev.courant.log;

/**
 * How much of the log can still be read. When the whole is over its bounds, the topic with the largest share of them
 * evicts its oldest event, so that a topic with less than its equal share loses nothing to a busy one. Shares below a
 * thousandth count as equal: among topics that small, the oldest event is evicted, of whatever topic. Otherwise as many
 * topics as there may be events would leave one event to each, and clients of a busy topic could never resume.
 *
 * @param whole the bounds of all topics together
 * @param topic the bounds of each alone; the shorter of the two ages holds for all
 */
public record RetentionBounds(WindowBounds whole, WindowBounds topic) {

    /** Each topic may take all there is, as long as no other needs it. */
    public static RetentionBounds of(WindowBounds whole) {
        return new RetentionBounds(whole, whole);
    }

    long maxAgeNanos() {
        return Math.min(whole.maxAge().toNanos(), topic.maxAge().toNanos());
    }
}
