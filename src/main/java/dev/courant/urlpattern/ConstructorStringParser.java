package dev.courant.urlpattern;

import dev.courant.urlpattern.PatternToken.Lexeme;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Cuts the text of a URL pattern into the patterns of its components (URL Pattern standard, section 1.6). What the text
 * leaves out is missing in the result: then it is inherited, or anything. For one thread.
 */
final class ConstructorStringParser {

    private final String input;
    private final List<PatternToken> tokens;
    private final Map<UrlComponent, String> result = new EnumMap<>(UrlComponent.class);

    private State state = State.INIT;
    private int start;
    private int at;
    private int increment = 1;
    private int depth;
    private int brackets;
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
        this.tokens = PatternTokenizer.lenient(input);
    }

    /** @throws IllegalArgumentException if its protocol is malformed, of which the rest depends */
    static Map<UrlComponent, String> parse(String input) {
        return new ConstructorStringParser(input).parse();
    }

    private Map<UrlComponent, String> parse() {
        while (at < tokens.size() && state != State.DONE) {
            increment = 1;
            if (token(at).type() == Lexeme.END) {
                end();
            } else if (token(at).type() == Lexeme.OPEN) {
                depth++;
            } else {
                depth -= depth > 0 && token(at).type() == Lexeme.CLOSE ? 1 : 0;
                step(depth);
            }
            at += increment;
        }
        if (result.containsKey(UrlComponent.HOSTNAME)) {
            result.putIfAbsent(UrlComponent.PORT, "");
        }
        return result;
    }

    private void end() {
        if (state == State.INIT) {
            rewind(State.INIT);
            if (is("#")) {
                change(State.HASH, 1);
            } else if (isSearchPrefix()) {
                change(State.SEARCH, 1);
            } else {
                change(State.PATHNAME, 0);
            }
        } else if (state == State.AUTHORITY) {
            rewind(State.HOSTNAME);
        } else {
            change(State.DONE, 0);
        }
    }

    /** No component ends within braces. */
    private void step(int braces) {
        if (braces > 0) {
            return;
        }
        switch (state) {
            case INIT -> {
                if (is(":")) {
                    rewind(State.PROTOCOL);
                }
            }
            case PROTOCOL -> protocol();
            case AUTHORITY -> authority();
            case USERNAME -> {
                if (is(":")) {
                    change(State.PASSWORD, 1);
                } else if (is("@")) {
                    change(State.HOSTNAME, 1);
                }
            }
            case PASSWORD -> {
                if (is("@")) {
                    change(State.HOSTNAME, 1);
                }
            }
            case HOSTNAME -> hostname();
            case PORT, PATHNAME, SEARCH -> later();
            default -> {
                // Everything that is left belongs to the hash.
            }
        }
    }

    private void protocol() {
        if (!is(":")) {
            return;
        }
        special = ComponentPattern.compile(component(), "", "", ComponentCanonicalizer::protocol, new RegexpBudget())
                .matchesSpecialScheme();
        boolean slashes = token(at + 1).isText("/") && token(at + 2).isText("/");
        change(slashes || special ? State.AUTHORITY : State.PATHNAME, slashes ? 3 : 1);
    }

    private void authority() {
        if (is("@")) {
            rewind(State.USERNAME);
        } else if (is("/") || isSearchPrefix() || is("#")) {
            rewind(State.HOSTNAME);
        }
    }

    private void hostname() {
        if (is("[")) {
            brackets++;
        } else if (is("]")) {
            brackets--;
        } else if (is(":") && brackets == 0) {
            change(State.PORT, 1);
        } else {
            later();
        }
    }

    private void later() {
        if (state.isBefore(State.PATHNAME) && is("/")) {
            change(State.PATHNAME, 0);
        } else if (state.isBefore(State.SEARCH) && isSearchPrefix()) {
            change(State.SEARCH, 1);
        } else if (state.isBefore(State.HASH) && is("#")) {
            change(State.HASH, 1);
        }
    }

    private void change(State next, int skip) {
        if (state.component != null) {
            result.put(state.component, component());
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

    private String component() {
        return input.substring(token(start).index(), token(at).index());
    }

    /** The last token, which is the end, stands for all that would come after. */
    private PatternToken token(int index) {
        return tokens.get(Math.min(index, tokens.size() - 1));
    }

    private boolean is(String text) {
        return token(at).isText(text);
    }

    /** A question mark after a group is its modifier. */
    private boolean isSearchPrefix() {
        if (is("?") || !token(at).value().equals("?") || at == 0) {
            return token(at).value().equals("?");
        }
        return switch (token(at - 1).type()) {
            case NAME, REGEXP, CLOSE, ASTERISK -> false;
            default -> true;
        };
    }
}
