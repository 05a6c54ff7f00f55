package dev.courant.app;

import dev.courant.settings.InvalidSettingException;
import java.lang.System.Logger.Level;
import java.util.function.Supplier;

/** What is wrong with a setting is said in one line, before the server says it in its own many. */
final class Startup {

    /** The system property by which the launcher of the uber-jar learns why there is no application. */
    private static final String PROPERTY = "courant.failure";

    private Startup() {}

    static void forget() {
        System.clearProperty(PROPERTY);
    }

    /** Answers with what is made of the settings. */
    static <T> T unless(Supplier<T> made) {
        try {
            return made.get();
        } catch (IllegalArgumentException | InvalidSettingException invalid) {
            String message = String.valueOf(invalid.getMessage());
            System.getLogger(Startup.class.getName()).log(Level.ERROR, message);
            System.setProperty(PROPERTY, message);
            throw invalid;
        }
    }
}
