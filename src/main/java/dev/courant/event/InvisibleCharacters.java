package dev.courant.event;

/**
 * Characters that nobody sees, by which one name passes for another: control and formatting characters of Unicode 17, which
 * the Mercure protocol goes by (section "Terminology"), whichever older version this JDK knows.
 */
public final class InvisibleCharacters {

    private InvisibleCharacters() {}

    /** Whether it is a control or a formatting character (general categories {@code Cc} and {@code Cf}). */
    public static boolean isInvisible(int codePoint) {
        return Character.isISOControl(codePoint)
                || Character.getType(codePoint) == Character.FORMAT
                || isRecentFormat(codePoint);
    }

    /** Formatting characters since Unicode 14 and 15; a JDK 17 knows those of 13. */
    private static boolean isRecentFormat(int codePoint) {
        return codePoint == 0x890 || codePoint == 0x891 || (codePoint >= 0x13439 && codePoint <= 0x1343F);
    }
}
