package dev.courant.urlpattern;

/** The parts of a URL that a URL pattern looks at, in the order of its text. */
enum UrlComponent {
    PROTOCOL(""),
    USERNAME(""),
    PASSWORD(""),
    HOSTNAME("."),
    PORT(""),
    PATHNAME("/"),
    SEARCH(""),
    HASH("");

    /** What a named group stops at (URL Pattern standard, section 1.5, options); empty where it runs to the end. */
    final String delimiter;

    UrlComponent(String delimiter) {
        this.delimiter = delimiter;
    }

    /** What a URL has here, with the empty text where it has nothing. */
    String of(WebUrl url) {
        String text = switch (this) {
            case PROTOCOL -> url.scheme();
            case USERNAME -> url.username();
            case PASSWORD -> url.password();
            case HOSTNAME -> url.host();
            case PORT -> url.port() == null ? "" : url.port().toString();
            case PATHNAME -> url.path();
            case SEARCH -> url.query();
            case HASH -> url.fragment();
        };
        return text == null ? "" : text;
    }
}
