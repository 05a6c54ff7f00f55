package dev.courant.mercure;

import dev.courant.door.ParameterNames;
import dev.courant.door.ProblemFilter;
import dev.courant.event.TopicSelector;
import dev.courant.problem.ProblemException;
import dev.courant.problem.RequestContext;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Parses the query of a subscriber, before there is a stream. */
public final class MatchFilter extends ProblemFilter {

    private static final long serialVersionUID = 1;

    private final transient Dialect dialect;

    public MatchFilter(Dialect dialect) {
        this.dialect = dialect;
    }

    /** @param lastEventId as the query names it */
    record Asked(List<Matcher> matchers, @Nullable String lastEventId) {}

    static Asked of(HttpServletRequest request) {
        return RequestContext.get(request, Asked.class);
    }

    /** Returns the selectors of the request, none if it does not come from a subscriber of the Mercure protocol. */
    public static List<TopicSelector> selectors(HttpServletRequest request) {
        Asked asked = RequestContext.find(request, Asked.class);
        return asked == null
                ? List.of()
                : asked.matchers().stream().map(Matcher::selector).toList();
    }

    @Override
    protected void check(HttpServletRequest request) {
        if (!request.getMethod().equals("GET") && !request.getMethod().equals("HEAD")) {
            return;
        }
        try {
            Form query = Form.ofQuery(request.getQueryString());
            new ParameterNames(dialect.parameterNames())
                    .check(query.pairs().stream().map(Form.Pair::name).toList());
            ParameterNames.checkHeartbeat(query.first("heartbeat"));
            List<Matcher> matchers = dialect.matchers(query).stream().distinct().toList();
            if (matchers.size() > Matcher.MOST) {
                throw new IllegalArgumentException("it has more than " + Matcher.MOST + " matchers");
            }
            RequestContext.put(request, Asked.class, new Asked(matchers, dialect.lastEventId(query)));
        } catch (IllegalArgumentException invalid) {
            throw new ProblemException(400, "This query subscribes to nothing: " + invalid.getMessage() + '.');
        }
    }
}
