package dev.courant.mercure;

import dev.courant.problem.ProblemException;
import dev.courant.stream.PatternQuota;
import dev.courant.stream.PatternQuota.Excess;
import dev.courant.stream.ResponseConnection;
import dev.courant.stream.RetryLater;
import dev.courant.stream.StreamFilter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Refuses streams with more patterns than there is room for. It stands behind {@link StreamFilter}. */
public final class PatternFilter extends HttpFilter {

    private static final long serialVersionUID = 1;

    private final transient PatternQuota quota;

    public PatternFilter(PatternQuota quota) {
        this.quota = quota;
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        ResponseConnection connection = StreamFilter.current();
        Excess excess = connection == null ? null : admit(request, connection);
        if (excess == null) {
            chain.doFilter(request, response);
        } else if (!RetryLater.answerEventSource(request, response)) {
            refusal(excess).send(response);
        }
    }

    private @Nullable Excess admit(HttpServletRequest request, ResponseConnection connection) {
        return quota.admit(
                request,
                connection,
                MatchFilter.of(request).matchers().stream()
                        .map(Matcher::selector)
                        .toList());
    }

    private static ProblemException refusal(Excess excess) {
        boolean address = excess == Excess.ADDRESS;
        return new ProblemException(
                address ? 429 : 503,
                address
                        ? "The streams from your address have too many patterns. Close some of them, or subscribe by"
                                + " fewer patterns or by exact topics."
                        : "All streams together have as many patterns as the hub allows. Come back later, or subscribe"
                                + " by exact topics.",
                Map.of("Retry-After", RetryLater.after()));
    }
}
