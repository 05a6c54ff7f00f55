package dev.courant.settings;

/** A setting has a value that cannot be meant. The message names the setting, the value and what is expected. */
public final class InvalidSettingException extends RuntimeException {

    private static final long serialVersionUID = 1;

    InvalidSettingException(String name, String value, String expected) {
        super("The setting " + name + " is '" + value + "', but has to be " + expected);
    }
}
