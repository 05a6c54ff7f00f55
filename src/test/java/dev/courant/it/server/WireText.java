package dev.courant.it.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.courant.support.RawConnection;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The form of a response that does not depend on the server: names in braces replace values that differ. */
final class WireText {

    /** Headers that servers add, and headers that frame the body, whose bytes are compared completely. */
    private static final Set<String> SERVER_HEADERS = Set.of(
            "server",
            "x-powered-by",
            "x-frame-options",
            "$wsep",
            "content-language",
            "date",
            "content-length",
            "transfer-encoding",
            "keep-alive",
            "connection");

    private WireText() {}

    /** Returns the status and the headers, without the reason phrase, which clients ignore. */
    static String head(RawConnection.RawResponse response) {
        String[] lines = response.head().split("\r\n", -1);
        List<String> headers = new ArrayList<>();
        for (int i = 1; i < lines.length && !lines[i].isEmpty(); i++) {
            String name = lines[i].substring(0, lines[i].indexOf(':')).toLowerCase(Locale.ROOT);
            String value = lines[i].substring(name.length() + 1).strip();
            // Courant itself sends Connection: close on streams.
            if (!SERVER_HEADERS.contains(name) || (response.isStream() && isClose(name, value))) {
                headers.add(name + ": " + replaceVariable(name, value));
            }
        }
        headers.sort(null);
        return response.status() + "\n" + String.join("\n", headers) + "\n\n";
    }

    private static boolean isClose(String name, String value) {
        return name.equals("connection") && value.equalsIgnoreCase("close");
    }

    private static String replaceVariable(String name, String value) {
        return name.equals("last-modified") || name.equals("etag") ? '{' + name + '}' : value;
    }

    /** Returns the normalized body, from its bytes as ISO-8859-1 characters. */
    static String body(String bytes) {
        String text = new String(bytes.getBytes(ISO_8859_1), UTF_8);
        return text.replaceAll("(?m)^: \n(id: .*\n\n)?", "") // heartbeats
                .replaceAll("(?m)^retry: [0-9]+$", "retry: {ms}")
                .replaceAll("#[0-9a-z]+-[0-9]+", "{id}")
                .replaceAll("urn:uuid:[0-9a-f-]{36}", "{id}");
    }
}
