package dev.courant.check;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A program that checks a recorded run: {@code java -cp target/test-classes dev.courant.check.Check <file>}. The lines of
 * each topic and each client are in order; lines of several clients may be interleaved. The formats are:
 *
 * <pre>
 * + topic sequence [id]                published and acknowledged
 * ? topic sequence                     sent, but never acknowledged
 * client topic follows                 receives the topic from its beginning
 * client topic live                    receives the topic from now on; earlier events are not due
 * client topic resumes id              reconnected with this Last-Event-ID
 * client topic gap requested resumed   a gap event
 * client topic sequence                received
 * client topic foreign                 received, but altered or never published
 * </pre>
 *
 * The exit status is 0 without faults, 1 with faults, and 2 if the file cannot be read.
 */
public final class Check {

    private final DeliveryChecker checker = new DeliveryChecker();

    private Check() {}

    public static void main(String[] args) {
        if (args.length != 1) {
            System.err.println("Usage: java -cp target/test-classes dev.courant.check.Check <file>");
            System.exit(2);
        }
        try {
            CheckFindings findings = check(Path.of(args[0]));
            findings.lines().forEach(System.out::println);
            System.exit(findings.isClean() ? 0 : 1);
        } catch (IOException | IllegalArgumentException unreadable) {
            System.err.println(unreadable);
            System.exit(2);
        }
    }

    /** Reads the file twice, since an event may be received before its acknowledgement. */
    public static CheckFindings check(Path file) throws IOException {
        Check check = new Check();
        check.read(file, true);
        check.read(file, false);
        return check.checker.findings();
    }

    private void read(Path file, boolean published) throws IOException {
        try (BufferedReader lines = Files.newBufferedReader(file)) {
            int number = 0;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                number++;
                if (line.isBlank() || line.startsWith("#")) {
                    continue;
                }
                List<String> words = List.of(line.split(" ", -1));
                boolean publishing = words.get(0).equals("+") || words.get(0).equals("?");
                if (publishing == published) {
                    try {
                        handle(words);
                    } catch (IllegalArgumentException | IndexOutOfBoundsException wrong) {
                        throw new IllegalArgumentException("line " + number + " is invalid:  " + line, wrong);
                    }
                }
            }
        }
    }

    private void handle(List<String> words) {
        String client = words.get(0);
        String topic = words.get(1);
        String what = words.get(2);
        switch (client) {
            case "+" -> checker.topic(topic).acknowledged(Long.parseLong(what), words.size() > 3 ? words.get(3) : null);
            case "?" -> checker.topic(topic).attempted(Long.parseLong(what));
            default -> {
                switch (what) {
                    case "follows" -> checker.follows(client, topic);
                    case "live" -> checker.live(client, topic);
                    case "resumes" -> checker.resumes(client, topic, words.get(3));
                    case "gap" -> checker.gap(client, topic, words.get(3), words.get(4));
                    case "foreign" -> checker.foreign(client, topic);
                    default -> checker.received(client, topic, Long.parseLong(what));
                }
            }
        }
    }
}
