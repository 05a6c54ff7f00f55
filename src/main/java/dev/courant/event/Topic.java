package dev.courant.event;

/**
 * The name of a stream, often an IRI: 1 to {@value #MAX_LENGTH} characters. Control characters, bidirectional and
 * zero-width formatting, line separators and unpaired surrogates are refused, because names are shown, logged and compared
 * by people; and {@code *}, which in the Mercure protocol means every topic.
 */
public record Topic(String name) {

    /**
     * The maximum size of a name that a client may subscribe or publish to, in bytes of UTF-8. The hub's own names, and those
     * that are stored already, may be longer.
     */
    public static final int MAX_BYTES = 1024;

    /** In UTF-16 code units. */
    public static final int MAX_LENGTH = 4096;

    /** @throws IllegalArgumentException naming the rule that the name breaks */
    public Topic {
        if (name.isEmpty() || name.length() > MAX_LENGTH) {
            throw new IllegalArgumentException("a topic has 1 to " + MAX_LENGTH + " characters");
        }
        if (name.equals("*")) {
            throw new IllegalArgumentException("the topic '*' is reserved");
        }
        if (!name.codePoints().allMatch(Topic::isVisible)) {
            throw new IllegalArgumentException("a topic has no control, formatting or unpaired surrogate characters");
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
