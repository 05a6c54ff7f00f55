package dev.courant.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Statistics of a process and its connections from Linux's {@code /proc} (proc(5)). */
final class ProcessStats {

    private static final int TICK_MICROS = 10_000; // USER_HZ is 100 on common platforms
    private static final String ESTABLISHED = "01";

    private ProcessStats() {}

    /** Returns the user and system CPU time of a process, or 0 if it has ended. */
    static long cpuMicros(long pid) {
        String stat = read(Path.of("/proc", Long.toString(pid), "stat"));
        if (stat.isEmpty()) {
            return 0;
        }
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1); // starts with the third field
        return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) * TICK_MICROS;
    }

    /** Returns the resident memory of a process, or 0 if it has ended. */
    static long residentKb(long pid) {
        return read(Path.of("/proc", Long.toString(pid), "status"))
                .lines()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
                .findFirst()
                .orElse(0);
    }

    /**
     * Returns a counter of this process's input and output.
     *
     * @param name {@code wchar} for the bytes passed to files, or {@code write_bytes} for the pages dirtied, in bytes
     */
    static long ioBytes(String name) {
        return read(Path.of("/proc/self/io"))
                .lines()
                .filter(line -> line.startsWith(name + ": "))
                .mapToLong(line -> Long.parseLong(line.substring(name.length() + 2)))
                .findFirst()
                .orElse(0);
    }

    /** Returns the maximum number of open files, including connections, of this process and its children. */
    static long maxOpenFiles() {
        return read(Path.of("/proc/self/limits"))
                .lines()
                .filter(line -> line.startsWith("Max open files"))
                .mapToLong(line -> Long.parseLong(line.split(" +", -1)[4]))
                .findFirst()
                .orElse(0);
    }

    /**
     * Returns the number of bytes in the server's send queue for each client port. Closed connections are not contained.
     */
    static Map<Integer, Long> readUnsentBytes(int serverPort, Set<Integer> clientPorts) {
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
