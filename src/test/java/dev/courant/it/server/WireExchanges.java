package dev.courant.it.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The requests and the expected responses in {@code wire/exchanges.txt}. */
final class WireExchanges {

    private static final String SECTION = "=== ";
    private static final String RESPONSE_SEPARATOR = "---\n";

    private WireExchanges() {}

    /**
     * A request and its expected response.
     *
     * @param request the request, with names in braces for values that differ between servers
     * @param response the response in the form of {@link WireText}
     */
    record Exchange(String name, String request, String response) {

        /** Returns the bytes of the request, with a value for each name in braces. */
        byte[] toBytes(Map<String, String> values) {
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
            int response = section.indexOf('\n' + RESPONSE_SEPARATOR);
            all.add(new Exchange(
                    section.substring(0, name),
                    section.substring(name + 1, response + 1),
                    section.substring(response + 1 + RESPONSE_SEPARATOR.length())));
        }
        return all;
    }

    /** Returns the exchange in the format of the file. */
    static String format(Exchange exchange, String response) {
        return SECTION + exchange.name + '\n' + exchange.request + RESPONSE_SEPARATOR + response;
    }

    /** Returns the expected response of a server, with its differences in {@code wire/differences.txt}. */
    static String expected(Exchange exchange, String server) {
        String response = exchange.response;
        for (String line : text("differences.txt").lines().toList()) {
            String[] row = line.split(" *\\| *", -1);
            if (row.length == 5 && row[0].equals(server) && (row[1].equals("*") || row[1].equals(exchange.name))) {
                response = response.replace('\n' + row[2] + '\n', row[3].isEmpty() ? "\n" : '\n' + row[3] + '\n');
            }
        }
        return response;
    }

    private static String text(String file) {
        try (InputStream in = WireExchanges.class.getResourceAsStream("/wire/" + file)) {
            return new String(in.readAllBytes(), UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
