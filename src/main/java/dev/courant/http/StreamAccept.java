package dev.courant.http;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The check that a request for a stream accepts {@code text/event-stream}. JAX-RS implementations ignore a weight of 0. */
public final class StreamAccept {

    /** The ranges that include {@code text/event-stream}. The most specific is first and decides. */
    private static final List<Pattern> RANGES = Stream.of("text/event-stream", "text/\\*", "\\*/\\*")
            .map(range -> Pattern.compile("(?:^|,)\\s*" + range + "\\s*(?:;[^,]*)?(?=,|$)", Pattern.CASE_INSENSITIVE))
            .toList();

    private static final Pattern ZERO_WEIGHT =
            Pattern.compile(";\\s*q\\s*=\\s*0(\\.0*)?\\s*(;|$)", Pattern.CASE_INSENSITIVE);

    private static final Pattern WEIGHT =
            Pattern.compile(";\\s*q\\s*=\\s*([01](?:\\.[0-9]*)?)", Pattern.CASE_INSENSITIVE);

    private StreamAccept() {}

    /**
     * Returns whether the client prefers JSON to a stream: by its weight, or because it names {@code application/json} and not
     * {@code text/event-stream}. A client that accepts everything gets a stream.
     */
    public static boolean prefersJson(String accept) {
        double stream = 0;
        double json = 0;
        boolean namesStream = false;
        boolean namesJson = false;
        for (String range : accept.split(",", -1)) {
            String type = range.replaceFirst(";.*", "").strip().toLowerCase(Locale.ROOT);
            Matcher weight = WEIGHT.matcher(range);
            double q = weight.find() ? Double.parseDouble(weight.group(1)) : 1;
            if (type.equals("application/json")) {
                json = q;
                namesJson = true;
            } else if (type.equals("text/event-stream")) {
                stream = q;
                namesStream = true;
            } else if (type.equals("*/*") || type.equals("text/*")) {
                stream = namesStream ? stream : Math.max(stream, q);
            }
        }
        return namesJson && json > 0 && (json > stream || (json == stream && !namesStream));
    }

    /** @throws ProblemException 406 if the weight of {@code text/event-stream} is 0 (RFC 9110, section 12.4.2) */
    public static void check(HttpServletRequest request) {
        String accept = String.join(",", Collections.list(request.getHeaders("Accept")));
        for (Pattern range : RANGES) {
            List<String> found =
                    range.matcher(accept).results().map(match -> match.group()).toList();
            if (!found.isEmpty()) {
                if (found.stream().allMatch(each -> ZERO_WEIGHT.matcher(each).find())) {
                    throw new ProblemException(406, DefaultProblems.of(406).detail());
                }
                return;
            }
        }
    }
}
