package dev.courant.urlpattern;

import dev.courant.urlpattern.PatternToken.Lexeme;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A parser that splits the text of a URL pattern into the patterns of its components (URL Pattern standard, section
 * 1.6). The result does not contain components that the text omits; these are inherited or match anything. Not
 * thread-safe.
 */
final class ConstructorStringParser {

    private final String input;
    private final List<PatternToken> tokens;
    private final Map<UrlComponent, String> result = new EnumMap<>(UrlComponent.class);

    private State state = State.INIT;
    private int start;
    private int at;
    private int increment = 1;
    private int braceDepth;
    private int bracketDepth;
    private boolean special;

    private enum State {
        INIT(null),
        PROTOCOL(UrlComponent.PROTOCOL),
        AUTHORITY(null),
        USERNAME(UrlComponent.USERNAME),
        PASSWORD(UrlComponent.PASSWORD),
        HOSTNAME(UrlComponent.HOSTNAME),
        PORT(UrlComponent.PORT),
        PATHNAME(UrlComponent.PATHNAME),
        SEARCH(UrlComponent.SEARCH),
        HASH(UrlComponent.HASH),
        DONE(null);

        final @Nullable UrlComponent component;

        State(@Nullable UrlComponent component) {
            this.component = component;
        }

        boolean isBefore(State other) {
            return compareTo(other) < 0;
        }
    }

    private ConstructorStringParser(String input) {
        this.input = input;
        this.tokens = PatternTokenizer.tokenizeLeniently(input);
    }

    /** @throws IllegalArgumentException if the protocol is malformed; the parsing of all other components depends on it */
    static Map<UrlComponent, String> parse(String input) {
        return new ConstructorStringParser(input).parse();
    }

    private Map<UrlComponent, String> parse() {
        while (at < tokens.size() && state != State.DONE) {
            increment = 1;
            if (getSafeToken(at).type() == Lexeme.END) {
                handleEnd();
            } else if (getSafeToken(at).type() == Lexeme.OPEN) {
                braceDepth++;
            } else {
                braceDepth -= braceDepth > 0 && getSafeToken(at).type() == Lexeme.CLOSE ? 1 : 0;
                handleToken(braceDepth);
            }
            at += increment;
        }
        if (result.containsKey(UrlComponent.HOSTNAME)) {
            result.putIfAbsent(UrlComponent.PORT, "");
        }
        return result;
    }

    private void handleEnd() {
        if (state == State.INIT) {
            rewind(State.INIT);
            if (isCharacter("#")) {
                changeState(State.HASH, 1);
            } else if (isSearchPrefix()) {
                changeState(State.SEARCH, 1);
            } else {
                changeState(State.PATHNAME, 0);
            }
        } else if (state == State.AUTHORITY) {
            rewind(State.HOSTNAME);
        } else {
            changeState(State.DONE, 0);
        }
    }

    /** Handles a token. A component cannot end within braces. */
    private void handleToken(int openBraces) {
        if (openBraces > 0) {
            return;
        }
        switch (state) {
            case INIT -> {
                if (isCharacter(":")) {
                    rewind(State.PROTOCOL);
                }
            }
            case PROTOCOL -> handleProtocol();
            case AUTHORITY -> handleAuthority();
            case USERNAME -> {
                if (isCharacter(":")) {
                    changeState(State.PASSWORD, 1);
                } else if (isCharacter("@")) {
                    changeState(State.HOSTNAME, 1);
                }
            }
            case PASSWORD -> {
                if (isCharacter("@")) {
                    changeState(State.HOSTNAME, 1);
                }
            }
            case HOSTNAME -> handleHostname();
            case PORT, PATHNAME, SEARCH -> startLaterComponent();
            default -> {
                // A hash extends to the end of the text.
            }
        }
    }

    private void handleProtocol() {
        if (!isCharacter(":")) {
            return;
        }
        special = ComponentPattern.compile(
                        makeComponentString(), "", "", ComponentCanonicalizer::canonicalizeProtocol, new RegexpBudget())
                .matchesSpecialScheme();
        boolean slashes =
                getSafeToken(at + 1).isText("/") && getSafeToken(at + 2).isText("/");
        changeState(slashes || special ? State.AUTHORITY : State.PATHNAME, slashes ? 3 : 1);
    }

    private void handleAuthority() {
        if (isCharacter("@")) {
            rewind(State.USERNAME);
        } else if (isCharacter("/") || isSearchPrefix() || isCharacter("#")) {
            rewind(State.HOSTNAME);
        }
    }

    private void handleHostname() {
        if (isCharacter("[")) {
            bracketDepth++;
        } else if (isCharacter("]")) {
            bracketDepth--;
        } else if (isCharacter(":") && bracketDepth == 0) {
            changeState(State.PORT, 1);
        } else {
            startLaterComponent();
        }
    }

    private void startLaterComponent() {
        if (state.isBefore(State.PATHNAME) && isCharacter("/")) {
            changeState(State.PATHNAME, 0);
        } else if (state.isBefore(State.SEARCH) && isSearchPrefix()) {
            changeState(State.SEARCH, 1);
        } else if (state.isBefore(State.HASH) && isCharacter("#")) {
            changeState(State.HASH, 1);
        }
    }

    private void changeState(State next, int skip) {
        if (state.component != null) {
            result.put(state.component, makeComponentString());
        }
        if (state != State.INIT && next != State.DONE) {
            if (state.isBefore(State.HOSTNAME) && State.HOSTNAME.isBefore(next)) {
                result.putIfAbsent(UrlComponent.HOSTNAME, "");
            }
            if (state.isBefore(State.PATHNAME) && State.PATHNAME.isBefore(next)) {
                result.putIfAbsent(UrlComponent.PATHNAME, special ? "/" : "");
            }
            if (state.isBefore(State.SEARCH) && State.SEARCH.isBefore(next)) {
                result.putIfAbsent(UrlComponent.SEARCH, "");
            }
        }
        state = next;
        at += skip;
        start = at;
        increment = 0;
    }

    private void rewind(State next) {
        at = start;
        increment = 0;
        state = next;
    }

    private String makeComponentString() {
        return input.substring(getSafeToken(start).index(), getSafeToken(at).index());
    }

    /** Returns the token at an index, or the last token, whose type is END, for a larger index. */
    private PatternToken getSafeToken(int index) {
        return tokens.get(Math.min(index, tokens.size() - 1));
    }

    private boolean isCharacter(String text) {
        return getSafeToken(at).isText(text);
    }

    /** Returns true for a question mark that begins the search. A question mark after a group is the group's modifier. */
    private boolean isSearchPrefix() {
        if (isCharacter("?") || !getSafeToken(at).value().equals("?") || at == 0) {
            return getSafeToken(at).value().equals("?");
        }
        return switch (getSafeToken(at - 1).type()) {
            case NAME, REGEXP, CLOSE, ASTERISK -> false;
            default -> true;
        };
    }
}
