package dev.courant.simulation;

/** Thrown when the system breaks a rule. */
final class BrokenRuleException extends RuntimeException {

    private static final long serialVersionUID = 1;

    final Rule rule;

    BrokenRuleException(Rule rule, String details) {
        super(rule + ": " + details);
        this.rule = rule;
    }

    static void require(boolean kept, Rule rule, String details, Object... arguments) {
        if (!kept) {
            throw new BrokenRuleException(rule, String.format(details, arguments));
        }
    }
}
