package dev.courant.launch;

/** Which JDK runs us, and whether it is new enough for what is inside the jar. */
final class JavaVersion {

    private static final int NEEDED = 17;

    private JavaVersion() {}

    static void refuseOld() throws StartFailure {
        if (feature(System.getProperty("java.specification.version")) < NEEDED) {
            throw StartFailure.misused("Courant needs JDK " + NEEDED + " or newer; this is "
                    + System.getProperty("java.version") + " (" + System.getProperty("java.home") + ")");
        }
    }

    /** Up to Java 8 the number stands behind "1.", since then alone. */
    private static int feature(String specification) {
        String number = specification.startsWith("1.") ? specification.substring(2) : specification;
        return Integer.parseInt(number);
    }
}
