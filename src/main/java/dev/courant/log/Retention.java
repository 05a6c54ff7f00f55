package dev.courant.log;

/**
 * How much of the log can still be read. When the whole is over its bounds, the topic that takes the largest share of
 * them lets go of its oldest event; so a topic that takes less than its equal share loses nothing to a busy one.
 *
 * @param whole the bounds of all topics together
 * @param topic the bounds of each alone; the shorter of the two ages holds for all
 */
public record Retention(Window whole, Window topic) {

    /** Each topic may take all there is, as long as no other needs it. */
    public static Retention of(Window whole) {
        return new Retention(whole, whole);
    }

    long maxAgeNanos() {
        return Math.min(whole.maxAge().toNanos(), topic.maxAge().toNanos());
    }
}
