package dev.courant.launch;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/** The command line. As in Payara Micro, the case of option names is ignored, and no value begins with two dashes. */
final class CommandLine {

    /** The options that configure a cluster. */
    private static final String[] CLUSTER_OPTIONS = {
        "--clustermode",
        "--clustername",
        "--hzconfigfile",
        "--hzpublicaddress",
        "--interfaces",
        "--mcaddress",
        "--mcport",
        "--startport"
    };

    /**
     * The option that Courant replaces by {@code --nohazelcast}. In the server it takes precedence over that option,
     * and the data grid still listens on port 6900.
     */
    private static final String NO_CLUSTER = "--nocluster";

    private static final String NO_HAZELCAST = "--nohazelcast";

    private final List<String> arguments = new ArrayList<>();

    CommandLine(String... args) {
        for (String arg : args) {
            add(arg);
        }
    }

    /** Splits an option such as {@code --port=8080}, which Payara Micro rejects. */
    private void add(String arg) {
        int equals = arg.indexOf('=');
        if (arg.startsWith("--") && equals > 0) {
            arguments.add(arg.substring(0, equals));
            arguments.add(arg.substring(equals + 1));
        } else {
            arguments.add(arg);
        }
    }

    boolean has(String... options) {
        for (String option : options) {
            for (String argument : arguments) {
                if (argument.equalsIgnoreCase(option)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Returns all values of the option, in order. The value is empty if the option has none. */
    List<String> findValues(String option) {
        List<String> values = new ArrayList<>();
        for (int i = 0; i < arguments.size(); i++) {
            if (arguments.get(i).toLowerCase(Locale.ROOT).equals(option)) {
                String next = i + 1 < arguments.size() ? arguments.get(i + 1) : "";
                values.add(next.startsWith("--") ? "" : next);
            }
        }
        return values;
    }

    /** Rejects settings after {@code -jar}, which the JVM ignores and the server reports with an unclear message. */
    void requireNoSettings() throws StartFailure {
        for (String argument : arguments) {
            if (argument.startsWith("-D")) {
                throw StartFailure.ofUsage(argument + " must be before -jar: java " + argument + " -jar courant.jar");
            }
        }
    }

    List<String> arguments() {
        return Collections.unmodifiableList(arguments);
    }

    /**
     * Returns the arguments for Payara Micro. They disable the data grid, unless the operator configures a cluster.
     * Courant does not use the grid, which delays the start by seconds and opens a port.
     */
    List<String> toServerArguments() {
        List<String> all = copyWithout(LogFile.OPTION);
        if (has(NO_CLUSTER, NO_HAZELCAST) || !has(CLUSTER_OPTIONS)) {
            all.removeIf(NO_CLUSTER::equalsIgnoreCase);
            System.setProperty("payaramicro.noCluster", "false"); // an environment variable may have set it to true
            all.add(NO_HAZELCAST);
        }
        return all;
    }

    private List<String> copyWithout(String option) {
        List<String> others = new ArrayList<>();
        boolean inOption = false;
        for (String argument : arguments) {
            inOption = argument.equalsIgnoreCase(option) || (inOption && !argument.startsWith("--"));
            if (!inOption) {
                others.add(argument);
            }
        }
        return others;
    }
}
