package dev.courant.urlpattern;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * A regular expression that is compiled when it is first matched, since most patterns are never compared with a topic.
 * Thread-safe: two threads may both compile it.
 */
public final class LazyPattern {

    private final String regexp;
    private volatile @Nullable Pattern compiled;

    LazyPattern(String regexp) {
        this.regexp = regexp;
    }

    public boolean matches(String text) {
        Pattern pattern = compiled;
        if (pattern == null) {
            pattern = compile();
            compiled = pattern;
        }
        return pattern.matches(text);
    }

    /** @throws IllegalArgumentException if RE2/J rejects the expression */
    Pattern compile() {
        try {
            return Pattern.compile(regexp);
        } catch (PatternSyntaxException rejected) {
            throw new IllegalArgumentException(
                    "RE2/J rejects the regular expression: " + rejected.getMessage(), rejected);
        }
    }
}
