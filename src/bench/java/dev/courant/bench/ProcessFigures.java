package dev.courant.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What the kernel says of a process and of its connections (Linux: proc(5)). */
final class ProcessFigures {

    private static final int TICK_MICROS = 10_000; // USER_HZ is 100 wherever this runs
    private static final String ESTABLISHED = "01";

    private ProcessFigures() {}

    /** The time its threads have computed, in the kernel and out of it; 0 once it is gone. */
    static long cpuMicros(long pid) {
        String stat = read(Path.of("/proc", Long.toString(pid), "stat"));
        if (stat.isEmpty()) {
            return 0;
        }
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1); // from the third on
        return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) * TICK_MICROS;
    }

    /** Resident memory; 0 once it is gone. */
    static long residentKb(long pid) {
        return read(Path.of("/proc", Long.toString(pid), "status"))
                .lines()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
                .findFirst()
                .orElse(0);
    }

    /** How many files this process, and hence its children, may open; a connection is one. */
    static long mostFiles() {
        return read(Path.of("/proc/self/limits"))
                .lines()
                .filter(line -> line.startsWith("Max open files"))
                .mapToLong(line -> Long.parseLong(line.split(" +", -1)[4]))
                .findFirst()
                .orElse(0);
    }

    /**
     * How many bytes wait in the kernel for each of these clients, by their ports; of the connections that a server
     * still holds open on its own port.
     */
    static Map<Integer, Long> unsent(int serverPort, Set<Integer> clientPorts) {
        Map<Integer, Long> unsent = new HashMap<>();
        for (String table : List.of("/proc/net/tcp", "/proc/net/tcp6")) {
            read(Path.of(table)).lines().skip(1).forEach(line -> {
                String[] fields = line.strip().split("[ ]+", 6);
                int client = port(fields[2]);
                if (fields[3].equals(ESTABLISHED) && port(fields[1]) == serverPort && clientPorts.contains(client)) {
                    unsent.put(client, Long.parseLong(fields[4].substring(0, fields[4].indexOf(':')), 16));
                }
            });
        }
        return unsent;
    }

    private static int port(String address) {
        return Integer.parseInt(address.substring(address.lastIndexOf(':') + 1), 16);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException gone) {
            return "";
        }
    }
}
