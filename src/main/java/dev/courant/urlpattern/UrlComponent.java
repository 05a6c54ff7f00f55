package dev.courant.urlpattern;

/** The components of a URL that a URL pattern matches, in the order of the URL's text. */
enum UrlComponent {
    PROTOCOL(""),
    USERNAME(""),
    PASSWORD(""),
    HOSTNAME("."),
    PORT(""),
    PATHNAME("/"),
    SEARCH(""),
    HASH("");

    /**
     * The character that a named group does not match (URL Pattern standard, section 1.5, options). Empty if a group can extend
     * to the end of the component.
     */
    final String delimiter;

    UrlComponent(String delimiter) {
        this.delimiter = delimiter;
    }

    /** Returns the value of this component in a URL, an empty text if it is absent. */
    String valueIn(WebUrl url) {
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
