package dev.courant.problem;

/** A request is refused for a reason that can be told. */
public final class ProblemException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final int status;

    /**
     * Refuses a request.
     *
     * @param status an HTTP status, 400 to 599
     * @param detail as in {@link Problem}
     */
    public ProblemException(int status, String detail) {
        super(detail);
        this.status = status;
    }

    Problem problem() {
        return new Problem(status, Problems.of(status).title(), String.valueOf(getMessage()));
    }
}
