package dev.courant.mercure;

import dev.courant.event.TopicSelector;
import dev.courant.http.FormParameters;
import dev.courant.http.ParameterNames;
import dev.courant.http.ProblemException;
import dev.courant.http.ProblemFilter;
import dev.courant.http.RequestContext;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A filter that parses the query of a subscriber before the stream is opened, and rejects an invalid query. */
public final class SubscribeQueryFilter extends ProblemFilter {

    private static final long serialVersionUID = 1;

    private final transient MercureProtocol protocol;

    public SubscribeQueryFilter(MercureProtocol protocol) {
        this.protocol = protocol;
    }

    /** The parsed query. Immutable. */
    record SubscribeQuery(
            List<TopicMatcher> matchers, @Nullable String lastEventId) {}

    static SubscribeQuery of(HttpServletRequest request) {
        return RequestContext.get(request, SubscribeQuery.class);
    }

    /** Returns the selectors of the request, an empty list if it is not a subscription by the Mercure protocol. */
    public static List<TopicSelector> selectors(HttpServletRequest request) {
        SubscribeQuery query = RequestContext.find(request, SubscribeQuery.class);
        return query == null
                ? List.of()
                : query.matchers().stream().map(TopicMatcher::selector).toList();
    }

    @Override
    protected void check(HttpServletRequest request) {
        if (!request.getMethod().equals("GET") && !request.getMethod().equals("HEAD")) {
            return;
        }
        try {
            FormParameters query = FormParameters.parseQuery(request.getQueryString());
            new ParameterNames(protocol.parameterNames()).check(query.names());
            ParameterNames.checkHeartbeat(query.getFirst("heartbeat"));
            List<TopicMatcher> matchers =
                    protocol.parseMatchers(query).stream().distinct().toList();
            if (matchers.size() > TopicMatcher.MAX_PER_STREAM) {
                throw new IllegalArgumentException("it has more than " + TopicMatcher.MAX_PER_STREAM + " matchers");
            }
            RequestContext.put(
                    request, SubscribeQuery.class, new SubscribeQuery(matchers, protocol.findLastEventId(query)));
        } catch (IllegalArgumentException invalid) {
            throw new ProblemException(400, "The query is not a valid subscription: " + invalid.getMessage() + '.');
        }
    }
}
