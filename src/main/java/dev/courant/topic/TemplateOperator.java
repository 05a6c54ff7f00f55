package dev.courant.topic;

/** The operators of URI templates (RFC 6570, appendix A), and what each makes of its variables. */
enum TemplateOperator {
    SIMPLE("", "", ",", false, "", false),
    RESERVED("+", "", ",", false, "", true),
    FRAGMENT("#", "#", ",", false, "", true),
    LABEL(".", ".", ".", false, "", false),
    PATH("/", "/", "/", false, "", false),
    PARAMETER(";", ";", ";", true, "", false),
    QUERY("?", "?", "&", true, "=", false),
    CONTINUATION("&", "&", "&", true, "=", false);

    /** What stands in a value: an octet of UTF-8 each, and for a prefix a whole character. */
    private static final String UNRESERVED = "[A-Za-z0-9._~\\x{2d}]";

    private static final String OCTET = "%[0-9A-Fa-f][0-9A-Fa-f]";
    private static final String LATER = "%[89ABab][0-9A-Fa-f]";
    private static final String RESERVED_SIGNS = "[:/?#\\[\\]@!$&'()*+,;=]";

    private static final String CHARACTER = "%[0-7][0-9A-Fa-f]|%[CDcd][0-9A-Fa-f]" + LATER + "|%[Ee][0-9A-Fa-f]" + LATER
            + LATER + "|%[Ff][0-7]" + LATER + LATER + LATER;

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

    /** The operator that an expression begins with. */
    static TemplateOperator of(String expression) {
        for (TemplateOperator each : values()) {
            if (!each.sign.isEmpty() && expression.startsWith(each.sign)) {
                return each;
            }
        }
        return SIMPLE;
    }

    /** A piece of a value, as a regular expression. */
    String piece() {
        return "(?:" + UNRESERVED + "|" + OCTET + (allowsReserved ? "|" + RESERVED_SIGNS : "") + ")";
    }

    /** A piece of a value that is one character, however many octets it takes. */
    String character() {
        return "(?:" + UNRESERVED + "|" + CHARACTER + (allowsReserved ? "|" + RESERVED_SIGNS : "") + ")";
    }
}
