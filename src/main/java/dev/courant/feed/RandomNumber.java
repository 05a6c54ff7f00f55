package dev.courant.feed;

import jakarta.json.bind.annotation.JsonbPropertyOrder;

/**
 * One number of the stream.
 *
 * @param timestamp milliseconds since the epoch
 * @param value 0 or more, less than 1
 */
@JsonbPropertyOrder({"timestamp", "value"})
public record RandomNumber(long timestamp, double value) {}
