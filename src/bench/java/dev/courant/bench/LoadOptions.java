package dev.courant.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The size and duration of a load, from the options after the scenario's name.
 *
 * @param rate the number of events a second
 * @param warmUp the seconds of the same load before the measurement, in which the JVM compiles its code
 * @param bytes the size of an event's data
 * @param neverReading the number of clients, included in {@code clients}, that never read
 * @param heap the value of {@code -Xmx} for Java servers
 * @param publishers the numbers of publishers, for one trial each
 * @param nodes the numbers of nodes, for one trial each
 * @param brokers the addresses of running Kafka brokers; empty to start one, whose CPU is then measured
 * @param record the file to write for {@link dev.courant.check.Check}, or empty. Recording slows the client down
 */
record LoadOptions(
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

    /** Parses the options, which override the defaults of the scenario. */
    static LoadOptions of(List<String> defaults, List<String> options) {
        List<String> words = new ArrayList<>(BASE);
        words.addAll(defaults);
        words.addAll(options);
        Map<String, String> values = new TreeMap<>();
        for (int i = 0; i < words.size(); i += 2) {
            String name = words.get(i);
            if (!BASE.contains(name) || i + 1 == words.size()) {
                throw new IllegalArgumentException("unknown option or missing value: " + name);
            }
            values.put(name, words.get(i + 1));
        }
        return new LoadOptions(
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

    LoadOptions with(int someClients, int someNeverReading, int someSeconds) {
        return new LoadOptions(
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

    /** Returns the load with one node's share of the clients. */
    LoadOptions share(int one, int of) {
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
