package dev.courant.settings;

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

    /** Returns the value on one line and of limited length, because the message is logged. */
    private static String abbreviate(String value) {
        String line = value.replaceAll("\\p{Cntrl}", "?");
        return line.length() > MAX_VALUE_LENGTH ? line.substring(0, MAX_VALUE_LENGTH) + "..." : line;
    }
}
