package dev.courant.it.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.courant.support.RawConnection;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** An answer as text that is the same wherever it was given: what has to differ is replaced by a name in braces. */
final class WireText {

    /** What servers say of their own accord, or not, and how the bytes of a body are framed, of which none is left out. */
    private static final Set<String> OF_THE_SERVER = Set.of(
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

    /** Without the phrase behind the status, which says nothing to programs. */
    static String head(RawConnection.RawResponse answer) {
        String[] lines = answer.head().split("\r\n", -1);
        List<String> headers = new ArrayList<>();
        for (int i = 1; i < lines.length && !lines[i].isEmpty(); i++) {
            String name = lines[i].substring(0, lines[i].indexOf(':')).toLowerCase(Locale.ROOT);
            String value = lines[i].substring(name.length() + 1).strip();
            // That a stream ends its connection is our doing.
            if (!OF_THE_SERVER.contains(name) || (answer.isStream() && isClose(name, value))) {
                headers.add(name + ": " + value(name, value));
            }
        }
        headers.sort(null);
        return answer.status() + "\n" + String.join("\n", headers) + "\n\n";
    }

    private static boolean isClose(String name, String value) {
        return name.equals("connection") && value.equalsIgnoreCase("close");
    }

    private static String value(String name, String value) {
        return name.equals("last-modified") || name.equals("etag") ? '{' + name + '}' : value;
    }

    /** Of the bytes as they came. */
    static String body(String bytes) {
        String text = new String(bytes.getBytes(ISO_8859_1), UTF_8);
        return text.replaceAll("(?m)^: \n(id: .*\n\n)?", "") // it was quiet for a while
                .replaceAll("(?m)^retry: [0-9]+$", "retry: {ms}")
                .replaceAll("#[0-9a-z]+-[0-9]+", "{id}")
                .replaceAll("urn:uuid:[0-9a-f-]{36}", "{id}");
    }
}
