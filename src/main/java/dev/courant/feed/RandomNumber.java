package dev.courant.feed;

import jakarta.json.bind.annotation.JsonbPropertyOrder;

/**
 * A random number of the feed.
 *
 * @param timestamp milliseconds since 1970-01-01 UTC
 * @param value 0 or more, less than 1
 */
@JsonbPropertyOrder({"timestamp", "value"})
public record RandomNumber(long timestamp, double value) {}
