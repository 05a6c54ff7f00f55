package dev.courant.support;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.opentest4j.TestAbortedException;

/** The TCP ports on which a process accepts connections, read from Linux's {@code /proc}. */
public final class ListeningPorts {

    private static final Path PROCESSES = Path.of("/proc");
    private static final String LISTEN = "0A";
    private static final int LOCAL_ADDRESS = 1;
    private static final int STATE = 3;
    private static final int INODE = 9;

    private ListeningPorts() {}

    public static Set<Integer> of(long pid) throws IOException {
        Path process = PROCESSES.resolve(Long.toString(pid));
        if (!Files.exists(process.resolve("net/tcp"))) {
            throw new TestAbortedException("this is not Linux");
        }
        Set<String> sockets = sockets(process);
        Set<Integer> ports = new TreeSet<>();
        for (String table : new String[] {"net/tcp", "net/tcp6"}) {
            if (!Files.exists(process.resolve(table))) {
                continue;
            }
            for (String line : Files.readAllLines(process.resolve(table))) {
                String[] fields = line.strip().split(" +");
                if (fields[STATE].equals(LISTEN) && sockets.contains("socket:[" + fields[INODE] + "]")) {
                    String port = fields[LOCAL_ADDRESS].substring(fields[LOCAL_ADDRESS].indexOf(':') + 1);
                    ports.add(Integer.parseInt(port, 16));
                }
            }
        }
        return ports;
    }

    private static Set<String> sockets(Path process) throws IOException {
        try (Stream<Path> files = Files.list(process.resolve("fd"))) {
            return files.map(ListeningPorts::target).collect(Collectors.toSet());
        }
    }

    private static String target(Path file) {
        try {
            return Files.readSymbolicLink(file).toString();
        } catch (IOException closed) {
            return "";
        }
    }
}
