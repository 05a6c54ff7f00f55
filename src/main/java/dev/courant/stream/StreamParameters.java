package dev.courant.stream;

import dev.courant.http.FormParameters;
import dev.courant.http.ParameterNames;
import dev.courant.http.ProblemException;
import dev.courant.hub.StartPosition;
import dev.courant.hub.StreamFormat;
import jakarta.servlet.http.HttpServletRequest;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The parameters that every stream has, apart from its topics. */
public record StreamParameters(StartPosition start, boolean visibleHeartbeats, StreamFormat format) {

    public static final Set<String> NAMES = Set.of("lastEventId", "last", "since", "heartbeat", "format");

    private static final Pattern POSITIVE_NUMBER = Pattern.compile("0*[1-9][0-9]*");

    /**
     * Reads the parameters. The header {@code Last-Event-ID} takes precedence over the parameter {@code lastEventId}, and
     * both over {@code last} and {@code since}.
     *
     * @throws ProblemException 400 if a value is invalid
     */
    public static StreamParameters read(HttpServletRequest request, FormParameters query) {
        String heartbeat = query.getFirst("heartbeat");
        ParameterNames.checkHeartbeat(heartbeat);
        String format = query.getFirst("format");
        if (format != null && !format.equals("json")) {
            throw ParameterNames.invalidValue("format", format, "Use 'json' or omit it.");
        }
        StartPosition withoutId = readStart(query.getFirst("last"), query.getFirst("since"), Instant.now());
        String header = request.getHeader("Last-Event-ID");
        // A new EventSource cannot set the header, so its page passes the id as a parameter.
        String id = header != null ? header : query.getFirst("lastEventId");
        return new StreamParameters(
                StartPosition.after(id, withoutId),
                heartbeat != null,
                format == null ? StreamFormat.PLAIN : StreamFormat.JSON);
    }

    /** Returns the start of a stream without a last event id. */
    static StartPosition readStart(@Nullable String last, @Nullable String since, Instant now) {
        if (last != null && since != null) {
            throw new ProblemException(
                    400, "The request has the parameters 'last' and 'since'. Use one of them, for example last=50.");
        }
        if (last != null) {
            return new StartPosition.Newest(parseCount("last", last));
        }
        return since == null ? StartPosition.HEAD : new StartPosition.Since(parseTime(since, now));
    }

    /** Returns a number of events. A larger one is limited, so that a page works with every setting of the server. */
    public static int parseCount(String name, String text) {
        if (!POSITIVE_NUMBER.matcher(text).matches()) {
            throw ParameterNames.invalidValue(name, text, "Use a number from 1, for example 50.");
        }
        String digits = text.replaceFirst("^0*", "");
        return digits.length() > 9 ? Integer.MAX_VALUE : Integer.parseInt(digits);
    }

    private static Instant parseTime(String text, Instant now) {
        try {
            Instant time = text.startsWith("P") || text.startsWith("p")
                    ? now.minus(requirePositive(Duration.parse(text)))
                    // In a query, an unescaped plus sign is a space.
                    : OffsetDateTime.parse(text.replace(' ', '+')).toInstant();
            return Instant.ofEpochMilli(time.toEpochMilli());
        } catch (DateTimeException | ArithmeticException invalid) {
            throw ParameterNames.invalidValue(
                    "since", text, "Use a duration such as PT10M, or a time such as 2026-12-01T09:30:00Z.");
        }
    }

    private static Duration requirePositive(Duration duration) {
        if (duration.isNegative()) {
            throw new DateTimeException("negative");
        }
        return duration;
    }
}
