package dev.courant.launch;

/** The check that the JDK can run the application. */
final class JavaVersion {

    private static final int MIN_VERSION = 17;

    private JavaVersion() {}

    static void requireSupported() throws StartFailure {
        if (parseFeature(System.getProperty("java.specification.version")) < MIN_VERSION) {
            throw StartFailure.ofUsage("Courant needs JDK " + MIN_VERSION + " or newer; this is "
                    + System.getProperty("java.version") + " (" + System.getProperty("java.home") + ")");
        }
    }

    /** Returns the feature number of a version: 8 for "1.8", and 17 for "17". */
    private static int parseFeature(String specification) {
        String number = specification.startsWith("1.") ? specification.substring(2) : specification;
        return Integer.parseInt(number);
    }
}
