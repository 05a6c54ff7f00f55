package dev.courant.log;

/**
 * The bounds of the window: for all topics together, and for each topic.
 *
 * <p>When the whole window exceeds its bounds, the oldest event of the largest topic is evicted. So a busy topic does
 * not evict the events of topics that use less than an equal share.
 *
 * <p>Topics that use less than a thousandth of the bounds count as equally large, and the oldest of their events is
 * evicted first. Without this rule, a window with as many topics as events would retain one event of each topic.
 * Clients of a busy topic could then never resume.
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
