package dev.courant.app;

import dev.courant.settings.InvalidSettingException;
import java.lang.System.Logger.Level;
import java.util.function.Supplier;

/** Logs an invalid setting in one line, before the server logs its stack trace. */
final class StartupErrors {

    /** The system property with the reason why the deployment failed, for the launcher of the uber-jar. */
    private static final String FAILURE = "courant.failure";

    private StartupErrors() {}

    static void clearFailure() {
        System.clearProperty(FAILURE);
    }

    /**
     * Returns the result of the supplier. If a setting is invalid, logs the message and throws the supplier's
     * exception.
     */
    static <T> T check(Supplier<T> supplier) {
        try {
            return supplier.get();
        } catch (IllegalArgumentException | InvalidSettingException invalid) {
            String message = String.valueOf(invalid.getMessage());
            System.getLogger(StartupErrors.class.getName()).log(Level.ERROR, message);
            System.setProperty(FAILURE, message);
            throw invalid;
        }
    }
}
