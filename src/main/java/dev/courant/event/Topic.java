package dev.courant.event;

/**
 * The name to which events are published, often an IRI: 1 to {@value #MAX_LENGTH} characters. People read and compare
 * names on pages and in logs. So a name must not contain control characters, bidirectional or zero-width formatting,
 * line separators or unpaired surrogates. The name {@code *} is rejected because it means every topic in the Mercure
 * protocol.
 */
public record Topic(String name) {

    /**
     * The maximum length of a name in a subscription or publication, in bytes of UTF-8. Topics that the hub creates,
     * and topics in a stored log, may be longer, up to {@link #MAX_LENGTH}.
     */
    public static final int MAX_BYTES = 1024;

    /** The maximum number of topics in the request for a stream, and of one event that a client publishes. */
    public static final int MAX_PER_REQUEST = 100;

    /** The maximum length in UTF-16 code units. */
    public static final int MAX_LENGTH = 4096;

    /** @throws IllegalArgumentException if the name violates one of these rules; the message states the rule */
    public Topic {
        if (name.isEmpty()) {
            throw new IllegalArgumentException("a topic must not be empty");
        }
        if (name.length() > MAX_LENGTH) {
            throw new IllegalArgumentException("a topic must have at most " + MAX_LENGTH + " characters");
        }
        if (name.equals("*")) {
            throw new IllegalArgumentException("the topic '*' is reserved");
        }
        if (!name.codePoints().allMatch(Topic::isVisible)) {
            throw new IllegalArgumentException(
                    "a topic must not contain control or formatting characters or unpaired surrogates");
        }
    }

    private static boolean isVisible(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.SURROGATE, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> false;
            default -> !InvisibleCharacters.isInvisible(codePoint);
        };
    }

    @Override
    public String toString() {
        return name;
    }
}
