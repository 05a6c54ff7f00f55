package dev.courant.bench;

import dev.courant.check.Fault;
import java.util.List;
import java.util.Locale;

/** Markdown on standard output: a row for each trial as it ends, and what is to be said of them all. */
final class Report {

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

    private Report() {}

    static void title(String scenario, Load load) {
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
                ProcessFigures.mostFiles());
        head(COLUMNS);
    }

    /** Begins a table. */
    static void head(List<String> columns) {
        cells(columns);
        System.out.println("|" + "---|".repeat(columns.size()));
    }

    static void cells(List<String> cells) {
        System.out.println("| " + String.join(" | ", cells) + " |");
    }

    static void row(Figures figures) {
        List<String> cells = List.of(
                figures.server(),
                Integer.toString(figures.round()),
                figures.connected() + "/" + figures.readers(),
                decimal(figures.connectSeconds()),
                Integer.toString(figures.refused()),
                Integer.toString(figures.ended()),
                decimal(figures.published()) + (figures.publishFailures() > 0 ? failed(figures) : ""),
                millis(figures.publishP99()),
                Long.toString(figures.delivered()),
                decimal(100 * figures.deliveredShare()),
                Long.toString(figures.count(Fault.LOST)),
                Long.toString(figures.count(Fault.DUPLICATED)),
                Long.toString(figures.count(Fault.REORDERED)),
                Long.toString(figures.count(Fault.FOREIGN)),
                millis(figures.p50()),
                millis(figures.p99()),
                millis(figures.max()),
                String.format(Locale.ROOT, "%.2f", figures.cpuMicros()),
                decimal(figures.residentKbEach()),
                figures.peakHeapMb() == 0 ? "–" : Long.toString(figures.peakHeapMb()),
                Integer.toString(figures.neverReading()),
                closed(figures),
                decimal(100 * figures.clientBusy()));
        cells(cells);
    }

    /** What the rows have no room for. */
    static void notes(Figures figures) {
        unusual(figures);
        if (!figures.trouble().isEmpty()) {
            say(figures.server() + ", round " + figures.round() + ": the server's log: " + figures.trouble());
        }
    }

    /** That of it which does not come from the server's log. */
    static void unusual(Figures figures) {
        String who = "- " + figures.server() + ", round " + figures.round() + ": ";
        if (!figures.findings().clean()) {
            figures.findings().lines().forEach(line -> System.out.println(who + line));
        }
        if (figures.late() > 0) {
            System.out.println(who + figures.late() + " streams were opened only when publishing had begun");
        }
        if (figures.gaps() > 0) {
            System.out.println(who + figures.gaps() + " gap events, though nobody had asked to resume");
        }
        if (figures.clientBusy() > 0.9) {
            System.out.println(who + "the client itself was busy: its latency and the server's cannot be told apart");
        }
    }

    static void verdict(String goal, double figure, double most) {
        String how = Double.isNaN(figure) ? "not measured" : figure <= most ? "met" : "MISSED";
        System.out.printf(Locale.ROOT, "- %s: %.2f, goal ≤ %.2f: %s%n", goal, figure, most, how);
    }

    static void verdict(String goal, boolean met) {
        System.out.println("- " + goal + ": " + (met ? "met" : "MISSED"));
    }

    static void say(String line) {
        System.out.println("- " + line);
    }

    private static String closed(Figures figures) {
        if (figures.neverReading() == 0) {
            return "–";
        }
        String since = decimal(figures.closedAfter());
        return figures.closedSeconds() < 0
                ? figures.stillOpen() + " open, " + figures.stuck() + " of them stuck; the others " + since
                : decimal(figures.closedSeconds()) + ", " + since;
    }

    private static String failed(Figures figures) {
        return " (" + figures.publishFailures() + " failed)";
    }

    static String millis(long micros) {
        return decimal(micros / 1000.0);
    }

    static String decimal(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }
}
