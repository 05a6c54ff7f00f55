package dev.courant.publish;

import dev.courant.http.ProblemException;
import java.time.Duration;
import java.util.regex.Pattern;

/** A parser of the time that clients wait before they reconnect, as publishers send it. */
public final class RetryTime {

    private static final Pattern MILLISECONDS = Pattern.compile("[0-9]{1,9}");

    private static final int MAX_SHOWN = 40;

    private RetryTime() {}

    /** @throws ProblemException 400 if the text is not a number of milliseconds */
    public static Duration parse(String text) {
        if (!MILLISECONDS.matcher(text).matches()) {
            String shown = text.length() > MAX_SHOWN ? text.substring(0, MAX_SHOWN) + "..." : text;
            throw new ProblemException(
                    400,
                    "The retry time \"" + shown + "\" is not a number of milliseconds."
                            + " Use up to 9 digits, for example 5000.");
        }
        return Duration.ofMillis(Long.parseLong(text));
    }
}
