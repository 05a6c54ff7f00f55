package dev.courant.access;

/**
 * Who may publish what.
 *
 * @param anonymous the topics that anyone may publish to
 * @param maxBytes how large the data of an event may be
 */
public record PublishRules(TopicPatterns anonymous, int maxBytes) {}
