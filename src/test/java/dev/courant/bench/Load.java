package dev.courant.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How much, of what, for how long: options after the scenario's name.
 *
 * @param rate events a second
 * @param warmUp seconds of the same load before anything is measured: a JVM compiles what it runs
 * @param bytes the data of an event
 * @param neverReading clients, of all, that send their request and never read
 * @param heap of the servers in Java, as {@code -Xmx} has it
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
                record);
    }

    private static int number(Map<String, String> values, String name) {
        String value = values.getOrDefault(name, "");
        if (!value.matches("[0-9]{1,8}")) {
            throw new IllegalArgumentException(name + " is not a number: " + value);
        }
        return Integer.parseInt(value);
    }
}
