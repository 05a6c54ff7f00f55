package dev.courant.event;

/**
 * The name of a stream: 1 to 255 characters, segments separated by {@code /}. Control characters, bidirectional and
 * zero-width formatting, unpaired surrogates and empty segments are refused, because names are shown, logged and
 * compared by people; the segments {@code .} and {@code ..}, because proxies take them for ways; and {@code *}, which in
 * the Mercure protocol means every topic.
 */
public record Topic(String name) {

    /** In UTF-16 code units. */
    public static final int MAX_LENGTH = 255;

    /** @throws IllegalArgumentException naming the rule that the name breaks */
    public Topic {
        if (name.isEmpty() || name.length() > MAX_LENGTH) {
            throw new IllegalArgumentException("a topic has 1 to " + MAX_LENGTH + " characters");
        }
        if (name.startsWith("/") || name.endsWith("/") || name.contains("//")) {
            throw new IllegalArgumentException("a topic has no empty segment");
        }
        if (name.equals("*")) {
            throw new IllegalArgumentException("the topic '*' is reserved");
        }
        for (String segment : name.split("/", -1)) {
            if (segment.equals(".") || segment.equals("..")) {
                throw new IllegalArgumentException("a topic has no segment '.' or '..'");
            }
        }
        if (!name.codePoints().allMatch(Topic::visible)) {
            throw new IllegalArgumentException("a topic has no control, formatting or unpaired surrogate characters");
        }
    }

    private static boolean visible(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }

    @Override
    public String toString() {
        return name;
    }
}
