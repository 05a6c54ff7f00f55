package dev.courant.bench;

import dev.courant.check.DeliveryFault;
import java.util.List;
import java.util.Locale;

/** Markdown on standard output: a table row for each trial as it ends, then notes and verdicts. */
final class MarkdownReport {

    private static final List<String> COLUMNS = List.of(
            "server",
            "round",
            "connected",
            "in s",
            "refused",
            "ended",
            "published/s",
            "ack p99 ms",
            "delivered",
            "% of asked",
            "lost",
            "dup",
            "reord",
            "foreign",
            "p50 ms",
            "p99 ms",
            "max ms",
            "CPU µs/event",
            "RSS KB/conn",
            "peak heap MB",
            "never reading",
            "all closed s (since connected, since the last byte taken)",
            "client busy %");

    private MarkdownReport() {}

    static void printTitle(String scenario, LoadOptions load) {
        System.out.printf(Locale.ROOT, "%n### %s%n%n", scenario);
        System.out.printf(
                Locale.ROOT,
                "%d clients, %d of them never reading; %d/s of %d bytes for %d s after %d s of warming up; -Xmx%s;"
                        + " %d cores, %d files%n%n",
                load.clients(),
                load.neverReading(),
                load.rate(),
                load.bytes(),
                load.seconds(),
                load.warmUp(),
                load.heap(),
                Runtime.getRuntime().availableProcessors(),
                ProcessStats.maxOpenFiles());
        printHeader(COLUMNS);
    }

    /** Prints the header of a table. */
    static void printHeader(List<String> columns) {
        printRow(columns);
        System.out.println("|" + "---|".repeat(columns.size()));
    }

    static void printRow(List<String> cells) {
        System.out.println("| " + String.join(" | ", cells) + " |");
    }

    static void printRow(TrialResult figures) {
        List<String> cells = List.of(
                figures.server(),
                Integer.toString(figures.round()),
                figures.connected() + "/" + figures.readers(),
                formatDecimal(figures.connectSeconds()),
                Integer.toString(figures.refused()),
                Integer.toString(figures.ended()),
                formatDecimal(figures.published()) + (figures.publishFailures() > 0 ? failed(figures) : ""),
                formatMillis(figures.publishP99()),
                Long.toString(figures.delivered()),
                formatDecimal(100 * figures.deliveredShare()),
                Long.toString(figures.count(DeliveryFault.LOST)),
                Long.toString(figures.count(DeliveryFault.DUPLICATED)),
                Long.toString(figures.count(DeliveryFault.REORDERED)),
                Long.toString(figures.count(DeliveryFault.FOREIGN)),
                formatMillis(figures.p50()),
                formatMillis(figures.p99()),
                formatMillis(figures.max()),
                String.format(Locale.ROOT, "%.2f", figures.cpuMicros()),
                formatDecimal(figures.residentKbEach()),
                figures.peakHeapMb() == 0 ? "–" : Long.toString(figures.peakHeapMb()),
                Integer.toString(figures.neverReading()),
                closed(figures),
                formatDecimal(100 * figures.clientBusy()));
        printRow(cells);
    }

    /** Prints anomalies and problems in the server's log. */
    static void printNotes(TrialResult figures) {
        printAnomalies(figures);
        if (!figures.problems().isEmpty()) {
            note(figures.server() + ", round " + figures.round() + ": the server's log: " + figures.problems());
        }
    }

    /** Prints anomalies that the client measured. */
    static void printAnomalies(TrialResult figures) {
        String prefix = "- " + figures.server() + ", round " + figures.round() + ": ";
        if (!figures.findings().isClean()) {
            figures.findings().lines().forEach(line -> System.out.println(prefix + line));
        }
        if (figures.late() > 0) {
            System.out.println(prefix + figures.late() + " streams were opened after publishing had begun");
        }
        if (figures.gaps() > 0) {
            System.out.println(prefix + figures.gaps() + " gap events, although no client had resumed");
        }
        if (figures.clientBusy() > 0.9) {
            System.out.println(prefix + "the client was near its CPU limit: the latency includes its delays");
        }
    }

    static void printVerdict(String goal, double figure, double max) {
        String how = Double.isNaN(figure) ? "not measured" : figure <= max ? "met" : "MISSED";
        System.out.printf(Locale.ROOT, "- %s: %.2f, goal ≤ %.2f: %s%n", goal, figure, max, how);
    }

    static void printVerdict(String goal, boolean met) {
        System.out.println("- " + goal + ": " + (met ? "met" : "MISSED"));
    }

    static void note(String line) {
        System.out.println("- " + line);
    }

    private static String closed(TrialResult figures) {
        if (figures.neverReading() == 0) {
            return "–";
        }
        String since = formatDecimal(figures.closedAfter());
        return figures.closedSeconds() < 0
                ? figures.stillOpen() + " open, " + figures.stuck() + " of them stuck; the others " + since
                : formatDecimal(figures.closedSeconds()) + ", " + since;
    }

    private static String failed(TrialResult figures) {
        return " (" + figures.publishFailures() + " failed)";
    }

    static String formatMillis(long micros) {
        return formatDecimal(micros / 1000.0);
    }

    static String formatDecimal(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }
}
