package dev.courant.mercure;

import dev.courant.event.TopicSelector;
import dev.courant.http.ParameterNames;
import dev.courant.http.ProblemException;
import dev.courant.http.ProblemFilter;
import dev.courant.http.RequestContext;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Parses the query of a subscriber, before there is a stream. */
public final class SubscribeQueryFilter extends ProblemFilter {

    private static final long serialVersionUID = 1;

    private final transient MercureProtocol dialect;

    public SubscribeQueryFilter(MercureProtocol dialect) {
        this.dialect = dialect;
    }

    /** @param lastEventId as the query names it */
    record Asked(List<TopicMatcher> matchers, @Nullable String lastEventId) {}

    static Asked of(HttpServletRequest request) {
        return RequestContext.get(request, Asked.class);
    }

    /** Returns the selectors of the request, none if it does not come from a subscriber of the Mercure protocol. */
    public static List<TopicSelector> selectors(HttpServletRequest request) {
        Asked asked = RequestContext.find(request, Asked.class);
        return asked == null
                ? List.of()
                : asked.matchers().stream().map(TopicMatcher::selector).toList();
    }

    @Override
    protected void check(HttpServletRequest request) {
        if (!request.getMethod().equals("GET") && !request.getMethod().equals("HEAD")) {
            return;
        }
        try {
            MercureForm query = MercureForm.ofQuery(request.getQueryString());
            new ParameterNames(dialect.parameterNames())
                    .check(query.pairs().stream().map(MercureForm.Pair::name).toList());
            ParameterNames.checkHeartbeat(query.first("heartbeat"));
            List<TopicMatcher> matchers =
                    dialect.matchers(query).stream().distinct().toList();
            if (matchers.size() > TopicMatcher.MOST) {
                throw new IllegalArgumentException("it has more than " + TopicMatcher.MOST + " matchers");
            }
            RequestContext.put(request, Asked.class, new Asked(matchers, dialect.lastEventId(query)));
        } catch (IllegalArgumentException invalid) {
            throw new ProblemException(400, "This query subscribes to nothing: " + invalid.getMessage() + '.');
        }
    }
}
