package dev.courant.settings;

import java.util.regex.Pattern;

/** Thrown if a setting is invalid. The message names the setting, its value and the expected values. */
public final class InvalidSettingException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private static final int MAX_VALUE_LENGTH = 100;

    /** Creates an exception with a message of one line. */
    public InvalidSettingException(String message) {
        super(message);
    }

    /** Creates an exception for one value. The message omits the value if it is a secret. */
    InvalidSettingException(Setting<?> setting, String verb, String value, String expected) {
        super("The setting " + setting
                + (setting.secret() ? " is invalid" : ' ' + verb + " \"" + abbreviate(value) + '"') + ". It must be "
                + expected + '.');
    }

    /** The user information of a URL, and what precedes an {@code @} in any other value. */
    private static final Pattern USER_INFO = Pattern.compile("^([A-Za-z][A-Za-z0-9+.-]*:/+)?.*@", Pattern.DOTALL);

    /** Returns the value on one line, of limited length and without a password, because the message is logged. */
    private static String abbreviate(String value) {
        String line = USER_INFO.matcher(value).replaceFirst("$1...@").replaceAll("\\p{Cntrl}", "?");
        return line.length() > MAX_VALUE_LENGTH ? line.substring(0, MAX_VALUE_LENGTH) + "..." : line;
    }
}
