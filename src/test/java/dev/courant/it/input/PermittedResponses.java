package dev.courant.it.input;

import dev.courant.support.RawConnection;
import dev.courant.support.TestTokens;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The rules for responses to bad requests. */
final class PermittedResponses {

    private static final String PROBLEM = "application/problem+json";

    private static final List<String> BANNERS =
            List.of("payara", "glassfish", "jersey", "grizzly", "catalina", "\nserver:", "x-powered-by");

    private static final Pattern CODE = Pattern.compile(
            "(?:java|javax|jakarta|org|com|dev)\\.[a-z]+\\.[A-Za-z.]*[A-Z]" + "|Exception|\tat |<html|<!doctype",
            Pattern.CASE_INSENSITIVE);

    private static final Pattern TOKEN = Pattern.compile("eyJ[A-Za-z0-9_.-]{20,}");

    private PermittedResponses() {}

    /** Returns the violated rule, or {@code null} if the response is permitted. */
    static @Nullable String findFault(String request, RawConnection.RawResponse response) {
        String all = response.head() + "\n" + response.body();
        String lower = all.toLowerCase(Locale.ROOT);
        for (String banner : BANNERS) {
            if (lower.contains(banner)) {
                return "it names the server";
            }
        }
        Matcher code = CODE.matcher(response.body());
        if (code.find() && !response.body().startsWith("<!doctype")) {
            return "it shows code: " + code.group();
        }
        Matcher token = TOKEN.matcher(all);
        if (all.contains(TestTokens.KEY) || token.find()) {
            return "it shows a token or a secret";
        }
        int status = response.status();
        if (status >= 500 && response.header("Retry-After") == null && status != 501 && status != 505) {
            return "it is the server's fault";
        }
        boolean empty = response.body().isEmpty();
        if (status >= 400 && !empty && !PROBLEM.equals(response.header("Content-Type"))) {
            return "it is no problem document";
        }
        return response.head().contains("X-Injected") && request.contains("%0AX-Injected")
                ? "a header was injected"
                : null;
    }

    /** Returns the status, with a note on streams and empty bodies. */
    static String classify(RawConnection.RawResponse response) {
        String type = response.header("Content-Type");
        if (response.isStream()) {
            return "200 stream";
        }
        return response.status() + (type == null && response.body().isEmpty() ? " empty" : "");
    }
}
