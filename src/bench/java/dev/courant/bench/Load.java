package dev.courant.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * How much, of what, for how long: options after the scenario's name.
 *
 * @param rate events a second
 * @param warmUp seconds of the same load before anything is measured: a JVM compiles what it runs
 * @param bytes the data of an event
 * @param neverReading clients, of all, that send their request and never read
 * @param heap of the servers in Java, as {@code -Xmx} has it
 * @param publishers how many publish at a time, one trial after another
 * @param nodes how many nodes there are, one trial after another
 * @param brokers of Kafka that run already, as {@code courant.kafka.bootstrap-servers} has them; empty for one that is
 *     started, whose CPU is then seen
 * @param record a file for {@link dev.courant.check.Check}; empty for none. It slows the client down
 */
record Load(
        int clients,
        int neverReading,
        int connectRate,
        int rate,
        int seconds,
        int warmUp,
        int rounds,
        int bytes,
        String heap,
        List<String> servers,
        List<Integer> publishers,
        List<Integer> nodes,
        String brokers,
        String record) {

    /** Later options win over the scenario's own. */
    static Load of(List<String> defaults, List<String> options) {
        List<String> words = new ArrayList<>(BASE);
        words.addAll(defaults);
        words.addAll(options);
        Map<String, String> values = new TreeMap<>();
        for (int i = 0; i < words.size(); i += 2) {
            String name = words.get(i);
            if (!BASE.contains(name) || i + 1 == words.size()) {
                throw new IllegalArgumentException("unknown, or without a value: " + name);
            }
            values.put(name, words.get(i + 1));
        }
        return new Load(
                number(values, "--clients"),
                number(values, "--never-reading"),
                number(values, "--connect-rate"),
                number(values, "--rate"),
                number(values, "--seconds"),
                number(values, "--warm-up"),
                number(values, "--rounds"),
                number(values, "--bytes"),
                values.getOrDefault("--heap", ""),
                List.of(values.getOrDefault("--servers", "").split(",")),
                numbers(values, "--publishers"),
                numbers(values, "--nodes"),
                values.getOrDefault("--brokers", ""),
                values.getOrDefault("--record", ""));
    }

    private static final List<String> BASE = List.of(
            "--clients", "1000",
            "--never-reading", "0",
            "--connect-rate", "2000",
            "--rate", "20",
            "--seconds", "20",
            "--warm-up", "10",
            "--rounds", "1",
            "--bytes", "100",
            "--heap", "1g",
            "--servers", "stock,nchan,courant",
            "--publishers", "1,16,64",
            "--nodes", "1,2,3",
            "--brokers", "",
            "--record", "");

    int readers() {
        return clients - neverReading;
    }

    Load with(int someClients, int someNeverReading, int someSeconds) {
        return new Load(
                someClients,
                someNeverReading,
                connectRate,
                rate,
                someSeconds,
                warmUp,
                rounds,
                bytes,
                heap,
                servers,
                publishers,
                nodes,
                brokers,
                record);
    }

    /** As many clients as are one's share of them: the first get one more where that does not come out even. */
    Load share(int one, int of) {
        int readers = clients / of + (one < clients % of ? 1 : 0);
        return with(readers, 0, seconds);
    }

    private static List<Integer> numbers(Map<String, String> values, String name) {
        return Stream.of(values.getOrDefault(name, "").split(","))
                .map(value -> number(name, value))
                .toList();
    }

    private static int number(Map<String, String> values, String name) {
        return number(name, values.getOrDefault(name, ""));
    }

    private static int number(String name, String value) {
        if (!value.matches("[0-9]{1,8}")) {
            throw new IllegalArgumentException(name + " is not a number: " + value);
        }
        return Integer.parseInt(value);
    }
}
