package dev.courant.log;

/** Why a log does not do what it is asked. The message is one line without anything secret, fit to be told a client. */
public abstract sealed class LogException extends RuntimeException
        permits EventTooLargeException,
                KeyReusedException,
                LogFullException,
                LogUnavailableException,
                TooManyKeysException {

    private static final long serialVersionUID = 1;

    LogException(String why) {
        super(why);
    }

    LogException(String why, Throwable cause) {
        super(why, cause);
    }
}
