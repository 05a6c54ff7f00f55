package dev.courant.mercure;

import dev.courant.event.TopicSelector;
import dev.courant.http.FormParameters;
import dev.courant.http.ParameterNames;
import dev.courant.http.ProblemException;
import dev.courant.http.StreamAccept;
import dev.courant.stream.StreamParameters;
import jakarta.servlet.http.HttpServletRequest;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The parsed query of a subscriber. Immutable. */
record SubscribeQuery(List<TopicMatcher> matchers, @Nullable String lastEventId) {

    /** @throws ProblemException 400 if the query is not a valid subscription, 406 if a stream is not accepted */
    static SubscribeQuery read(HttpServletRequest request, MercureProtocol protocol) {
        StreamAccept.check(request);
        try {
            FormParameters query = FormParameters.parseQuery(request.getQueryString());
            Set<String> names = new HashSet<>(protocol.parameterNames());
            names.addAll(StreamParameters.NAMES);
            new ParameterNames(names).check(query.names());
            StreamParameters.read(request, query);
            List<TopicMatcher> matchers =
                    protocol.parseMatchers(query).stream().distinct().toList();
            if (matchers.size() > TopicMatcher.MAX_PER_STREAM) {
                throw new IllegalArgumentException("it has more than " + TopicMatcher.MAX_PER_STREAM + " matchers");
            }
            return new SubscribeQuery(matchers, protocol.findLastEventId(query));
        } catch (IllegalArgumentException invalid) {
            throw new ProblemException(400, "The query is not a valid subscription: " + invalid.getMessage() + '.');
        }
    }

    List<TopicSelector> selectors() {
        return matchers.stream().map(TopicMatcher::selector).toList();
    }
}
