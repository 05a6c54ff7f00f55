package dev.courant.settings;

/** A setting has a value that cannot be meant. The message names the setting, the value and what is expected. */
public final class InvalidSettingException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private static final int MOST_SHOWN = 100;

    /** Says in one line what is wrong with several. */
    public InvalidSettingException(String message) {
        super(message);
    }

    /** Says in one line what is set and what it has to be. */
    public InvalidSettingException(String name, String value, String expected) {
        super("The setting " + name + " is '" + shown(value) + "', but has to be " + expected);
    }

    /** On one line, and not too much of it: the message goes into the log. */
    private static String shown(String value) {
        String line = value.replaceAll("\\p{Cntrl}", "?");
        return line.length() > MOST_SHOWN ? line.substring(0, MOST_SHOWN) + "..." : line;
    }
}
