package dev.courant.settings;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The tables of settings in the documentation, compared with the code. */
class ConfigurationPageTest {

    private static final Path PAGE = Path.of("docs", "configuration.md");
    private static final Path README = Path.of("README.md");
    private static final String SERVERS = "courant.kafka.bootstrap-servers";
    private static final String CLIENT = "courant.kafka.client.";

    private static final Pattern ROW = Pattern.compile("\\| `(courant\\.[^`]+)` \\| (.*?) \\|.*");
    private static final Pattern LITERAL = Pattern.compile("`([^`]+)`");

    /** The descriptions of settings that have no value by default. */
    private static final Set<String> NOT_SET = Set.of(
            "none",
            "a random key",
            "by the key",
            "the hub's URL",
            "the brokers' `default.replication.factor`",
            "[Courant's own](kafka.md#client-properties)");

    @Test
    void describesEverySettingOfTheCodeAndNoOther() throws IOException {
        Set<String> known = new TreeSet<>();
        Settings.from(new SettingsReader(name -> {
            known.add(name.startsWith(CLIENT) ? CLIENT + '*' : name);
            return name.equals(SERVERS) ? "kafka:9092" : null;
        }));
        assertEquals(known, defaults(PAGE).keySet());
    }

    @Test
    void statesTheDefaultsOfTheCode() throws IOException {
        Settings expected = settings(SERVERS, "kafka:9092");
        Map<String, String> defaults = defaults(PAGE);
        defaults.forEach((name, text) -> {
            if (!NOT_SET.contains(text)) {
                assertEquals(expected, settings(name, value(name, text, defaults)), name);
            }
        });
    }

    @Test
    void agreesWithTheReadme() throws IOException {
        Map<String, String> inReadme = defaults(README);
        assertTrue(inReadme.size() >= 8, inReadme::toString);
        assertTrue(defaults(PAGE).entrySet().containsAll(inReadme.entrySet()), inReadme::toString);
    }

    private static Settings settings(String name, String value) {
        return Settings.from(new SettingsReader(
                requested -> requested.equals(name) ? value : requested.equals(SERVERS) ? "kafka:9092" : null));
    }

    /** Returns what to set for the same effect as the default that the page describes. */
    private static String value(String name, String text, Map<String, String> defaults) {
        long heap = Runtime.getRuntime().maxMemory();
        return switch (text) {
            case "the number of cores" ->
                String.valueOf(Math.min(64, Runtime.getRuntime().availableProcessors()));
            case "one for each 40 KiB of heap beyond 128 MiB" ->
                String.valueOf(Math.max(1000, (heap - (128 << 20)) / (40 << 10)));
            case "the value for the whole window" -> {
                String whole = name.replace(".topic.", ".");
                yield value(whole, defaults.get(whole), defaults);
            }
            default -> {
                Matcher literal = LITERAL.matcher(text);
                assertTrue(literal.matches(), () -> name + " has an unknown default: " + text);
                yield switch (name) { // the page states that the heap bounds the window
                    case "courant.window.max-bytes" -> atMost(literal.group(1), heap / 16);
                    case "courant.window.max-events" -> atMost(literal.group(1), heap / (4 << 10));
                    default -> literal.group(1);
                };
            }
        };
    }

    private static String atMost(String number, long limit) {
        return String.valueOf(Math.min(Long.parseLong(number), limit));
    }

    /** Returns the default of each setting in the tables of a page. */
    private static Map<String, String> defaults(Path page) throws IOException {
        Map<String, String> defaults = new TreeMap<>();
        for (String line : Files.readAllLines(page, UTF_8)) {
            Matcher row = ROW.matcher(line);
            if (row.matches()) {
                defaults.put(row.group(1), row.group(2));
            }
        }
        return defaults;
    }
}
