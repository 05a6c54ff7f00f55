package dev.courant.it.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Requests, and what is answered to them on the wire, as they are written down in {@code wire/exchanges.txt}. */
final class WireExchanges {

    private static final String SECTION = "=== ";
    private static final String ANSWER = "---\n";

    private WireExchanges() {}

    /**
     * One of them.
     *
     * @param request with names in braces for what differs from server to server
     * @param answer as {@link WireText} writes it
     */
    record Exchange(String name, String request, String answer) {

        /** Byte for byte, with what is to stand for each name. */
        byte[] bytes(Map<String, String> values) {
            String text = request;
            for (Map.Entry<String, String> value : values.entrySet()) {
                text = text.replace('{' + value.getKey() + '}', value.getValue());
            }
            int body = text.indexOf("\n\n") + 2;
            String end = text.substring(body);
            String lines = text.substring(0, body).replace("\n", "\r\n");
            return (lines + (end.endsWith("\n") ? end.substring(0, end.length() - 1) : end)).getBytes(UTF_8);
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static List<Exchange> all() {
        List<Exchange> all = new ArrayList<>();
        String[] sections = text("exchanges.txt").split("(?m)^" + SECTION, -1);
        for (int i = 1; i < sections.length; i++) {
            String section = sections[i];
            int name = section.indexOf('\n');
            int answer = section.indexOf('\n' + ANSWER);
            all.add(new Exchange(
                    section.substring(0, name),
                    section.substring(name + 1, answer + 1),
                    section.substring(answer + 1 + ANSWER.length())));
        }
        return all;
    }

    /** The way in which it stands in the file. */
    static String written(Exchange exchange, String answer) {
        return SECTION + exchange.name + '\n' + exchange.request + ANSWER + answer;
    }

    /** The answer of this server: with what {@code wire/differences.txt} has for it. */
    static String expected(Exchange exchange, String server) {
        String answer = exchange.answer;
        for (String line : text("differences.txt").lines().toList()) {
            String[] row = line.split(" *\\| *", -1);
            if (row.length == 5 && row[0].equals(server) && (row[1].equals("*") || row[1].equals(exchange.name))) {
                answer = answer.replace('\n' + row[2] + '\n', row[3].isEmpty() ? "\n" : '\n' + row[3] + '\n');
            }
        }
        return answer;
    }

    private static String text(String file) {
        try (InputStream in = WireExchanges.class.getResourceAsStream("/wire/" + file)) {
            return new String(in.readAllBytes(), UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
