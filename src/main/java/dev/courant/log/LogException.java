package dev.courant.log;

/** The base class of failures of a log. The message is one line without secrets and may be sent to clients. */
public abstract sealed class LogException extends RuntimeException
        permits EventTooLargeException,
                KeyReusedException,
                LogFullException,
                LogUnavailableException,
                StreamPositionException,
                TooManyKeysException,
                TopicEndedException,
                UnknownStreamException {

    private static final long serialVersionUID = 1;

    LogException(String why) {
        super(why);
    }

    LogException(String why, Throwable cause) {
        super(why, cause);
    }
}
