package dev.courant.mercure;

import dev.courant.door.ParameterNames;
import dev.courant.door.ProblemFilter;
import dev.courant.problem.ProblemException;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads what a subscriber asks for, before there is a stream. */
public final class MatchFilter extends ProblemFilter {

    private static final long serialVersionUID = 1;

    private static final String ATTRIBUTE = Asked.class.getName();

    private final transient Dialect dialect;

    public MatchFilter(Dialect dialect) {
        this.dialect = dialect;
    }

    /** @param lastEventId as the query names it */
    record Asked(List<Matcher> matchers, @Nullable String lastEventId) {}

    static Asked of(HttpServletRequest request) {
        return (Asked) request.getAttribute(ATTRIBUTE);
    }

    @Override
    protected void look(HttpServletRequest request) {
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
            request.setAttribute(ATTRIBUTE, new Asked(matchers, dialect.lastEventId(query)));
        } catch (IllegalArgumentException invalid) {
            throw new ProblemException(400, "This query subscribes to nothing: " + invalid.getMessage() + '.');
        }
    }
}
