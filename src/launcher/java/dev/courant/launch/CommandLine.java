package dev.courant.launch;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/** The command line, read the way Payara Micro reads it: names in any case, and no value begins with two dashes. */
final class CommandLine {

    /** They say where a cluster is, and so ask for one. */
    private static final String[] CLUSTERING = {
        "--clustermode",
        "--clustername",
        "--hzconfigfile",
        "--hzpublicaddress",
        "--interfaces",
        "--mcaddress",
        "--mcport",
        "--startport"
    };

    /** Goes before {@code --nohazelcast} in the server, and leaves the data grid listening on port 6900. */
    private static final String NO_CLUSTER = "--nocluster";

    private static final String NO_HAZELCAST = "--nohazelcast";

    private final List<String> words = new ArrayList<>();

    CommandLine(String... args) {
        for (String arg : args) {
            addSplit(arg);
        }
    }

    /** Payara Micro refuses {@code --port=8080}, which people write all the same. */
    private void addSplit(String arg) {
        int equals = arg.indexOf('=');
        if (arg.startsWith("--") && equals > 0) {
            words.add(arg.substring(0, equals));
            words.add(arg.substring(equals + 1));
        } else {
            words.add(arg);
        }
    }

    boolean has(String... options) {
        for (String option : options) {
            for (String word : words) {
                if (word.equalsIgnoreCase(option)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Every value given to the option, in order; an empty text where there is none. */
    List<String> values(String option) {
        List<String> values = new ArrayList<>();
        for (int i = 0; i < words.size(); i++) {
            if (words.get(i).toLowerCase(Locale.ROOT).equals(option)) {
                String next = i + 1 < words.size() ? words.get(i + 1) : "";
                values.add(next.startsWith("--") ? "" : next);
            }
        }
        return values;
    }

    /** The JVM reads them only before {@code -jar}; the server would answer with its own riddle. */
    void refuseSettings() throws StartFailure {
        for (String word : words) {
            if (word.startsWith("-D")) {
                throw StartFailure.misused(word + " has to stand before -jar: java " + word + " -jar courant.jar");
            }
        }
    }

    List<String> words() {
        return Collections.unmodifiableList(words);
    }

    /**
     * Courant keeps nothing in the data grid, and the grid costs seconds at each start and opens a port: it is started for
     * a cluster alone.
     */
    List<String> withDefaults() {
        List<String> all = without(LogFile.OPTION);
        if (has(NO_CLUSTER, NO_HAZELCAST) || !has(CLUSTERING)) {
            all.removeIf(NO_CLUSTER::equalsIgnoreCase);
            System.setProperty("payaramicro.noCluster", "false"); // it may be set in the environment
            all.add(NO_HAZELCAST);
        }
        return all;
    }

    private List<String> without(String option) {
        List<String> others = new ArrayList<>();
        boolean inOption = false;
        for (String word : words) {
            inOption = word.equalsIgnoreCase(option) || (inOption && !word.startsWith("--"));
            if (!inOption) {
                others.add(word);
            }
        }
        return others;
    }
}
