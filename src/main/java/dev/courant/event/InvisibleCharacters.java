package dev.courant.event;

/**
 * The characters that are not displayed, so that different names could look the same: the control and formatting
 * characters. The Mercure protocol forbids those of Unicode 17 in topics (section "Terminology"). JDK 17 implements
 * Unicode 13, so this class adds the later ones.
 */
public final class InvisibleCharacters {

    private InvisibleCharacters() {}

    /** Returns whether the character has the general category {@code Cc} (control) or {@code Cf} (formatting). */
    public static boolean isInvisible(int codePoint) {
        return Character.isISOControl(codePoint)
                || Character.getType(codePoint) == Character.FORMAT
                || isAddedAfterUnicode13(codePoint);
    }

    /** Returns whether Unicode 14 or 15 added this formatting character. */
    private static boolean isAddedAfterUnicode13(int codePoint) {
        return codePoint == 0x890 || codePoint == 0x891 || (codePoint >= 0x13439 && codePoint <= 0x1343F);
    }
}
