package dev.courant.event;

/**
 * Characters that are not displayed and could make different names look the same. These are the control and formatting
 * characters of Unicode 17, on which the Mercure protocol relies (section "Terminology"). The JDK may know only an
 * older version of Unicode.
 */
public final class InvisibleCharacters {

    private InvisibleCharacters() {}

    /** Returns whether the character has the general category {@code Cc} (control) or {@code Cf} (formatting). */
    public static boolean isInvisible(int codePoint) {
        return Character.isISOControl(codePoint)
                || Character.getType(codePoint) == Character.FORMAT
                || isNewFormat(codePoint);
    }

    /** Returns whether Unicode 14 or 15 added this formatting character; JDK 17 knows Unicode 13. */
    private static boolean isNewFormat(int codePoint) {
        return codePoint == 0x890 || codePoint == 0x891 || (codePoint >= 0x13439 && codePoint <= 0x1343F);
    }
}
