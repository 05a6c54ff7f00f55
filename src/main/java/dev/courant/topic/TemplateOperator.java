package dev.courant.topic;

/** The operators of URI templates and the rules by which each expands its variables (RFC 6570, appendix A). */
enum TemplateOperator {
    SIMPLE("", "", ",", false, "", false),
    RESERVED("+", "", ",", false, "", true),
    FRAGMENT("#", "#", ",", false, "", true),
    LABEL(".", ".", ".", false, "", false),
    PATH("/", "/", "/", false, "", false),
    PARAMETER(";", ";", ";", true, "", false),
    QUERY("?", "?", "&", true, "=", false),
    CONTINUATION("&", "&", "&", true, "=", false);

    private static final String UNRESERVED = "[A-Za-z0-9._~\\x{2d}]";

    private static final String OCTET = "%[0-9A-Fa-f][0-9A-Fa-f]";
    private static final String CONTINUATION_OCTET = "%[89ABab][0-9A-Fa-f]";
    private static final String RESERVED_CHARACTERS = "[:/?#\\[\\]@!$&'()*+,;=]";

    /** One character in UTF-8, percent-encoded: one to four octets. */
    private static final String ENCODED_CHARACTER = "%[0-7][0-9A-Fa-f]|%[CDcd][0-9A-Fa-f]" + CONTINUATION_OCTET
            + "|%[Ee][0-9A-Fa-f]" + CONTINUATION_OCTET + CONTINUATION_OCTET + "|%[Ff][0-7]" + CONTINUATION_OCTET
            + CONTINUATION_OCTET + CONTINUATION_OCTET;

    final String sign;
    final String first;
    final String separator;
    final boolean named;
    final String ifEmpty;
    private final boolean allowsReserved;

    TemplateOperator(
            String sign, String first, String separator, boolean named, String ifEmpty, boolean allowsReserved) {
        this.sign = sign;
        this.first = first;
        this.separator = separator;
        this.named = named;
        this.ifEmpty = ifEmpty;
        this.allowsReserved = allowsReserved;
    }

    /** Returns the operator that an expression begins with, {@link #SIMPLE} if there is none. */
    static TemplateOperator of(String expression) {
        for (TemplateOperator operator : values()) {
            if (!operator.sign.isEmpty() && expression.startsWith(operator.sign)) {
                return operator;
            }
        }
        return SIMPLE;
    }

    /** Returns a regular expression for one unencoded character or one encoded octet of a value. */
    String octetRegexp() {
        return "(?:" + UNRESERVED + "|" + OCTET + (allowsReserved ? "|" + RESERVED_CHARACTERS : "") + ")";
    }

    /** Returns a regular expression for one character of a value, encoded or not. Prefixes are counted in characters. */
    String characterRegexp() {
        return "(?:" + UNRESERVED + "|" + ENCODED_CHARACTER + (allowsReserved ? "|" + RESERVED_CHARACTERS : "") + ")";
    }
}
