package dev.courant.it.redeploy;

import dev.courant.support.HttpEventStream;
import java.lang.management.ManagementFactory;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import javax.management.ObjectName;
import org.jspecify.annotations.Nullable;

/** The objects, threads and class loaders of earlier deployments that are still in this server. Not thread-safe. */
final class DeploymentLeaks {

    private final List<WeakReference<ClassLoader>> loaders = new ArrayList<>();
    private final Map<String, Long> before = countInstances();

    DeploymentLeaks() throws Exception {}

    /** Remembers the class loader of the current deployment, which is the context class loader of its dispatcher threads. */
    void addDeployment() {
        ClassLoader loader = Thread.getAllStackTraces().entrySet().stream()
                .filter(thread -> runsDeployment(thread.getValue()))
                .map(thread -> thread.getKey().getContextClassLoader())
                .findAny()
                .orElseThrow();
        if (loader == DeploymentLeaks.class.getClassLoader()) {
            throw new AssertionError("the server's own class loader");
        }
        loaders.add(new WeakReference<>(loader));
    }

    /** Collects garbage until no leak is left or until the deadline, and returns the remaining leaks. */
    List<String> awaitNone() throws Exception {
        long deadline = System.nanoTime() + HttpEventStream.DEADLINE.toNanos();
        List<String> leaks = findLeaks();
        while (!leaks.isEmpty() && System.nanoTime() < deadline) {
            leaks = findLeaks();
        }
        return leaks;
    }

    private List<String> findLeaks() throws Exception {
        List<String> leaks = new ArrayList<>();
        // Payara keeps some objects of its first deployment for a while, so fewer instances than before are possible.
        countInstances().forEach((name, count) -> {
            if (count > before.getOrDefault(name, 0L)) {
                leaks.add(count + " x " + name);
            }
        });
        leaks.addAll(findThreads());
        ManagementFactory.getPlatformMBeanServer()
                .queryNames(new ObjectName("kafka.*:*"), null)
                .forEach(name -> leaks.add("MBean " + name));
        for (int i = 0; i < loaders.size(); i++) {
            if (loaders.get(i).get() != null) {
                leaks.add("the class loader of deployment " + i);
            }
        }
        return leaks;
    }

    /** Recognizes threads by their stack and context class loader, since the server names its managed threads. */
    private Set<String> findThreads() {
        return Thread.getAllStackTraces().entrySet().stream()
                .filter(thread -> runsDeployment(thread.getValue())
                        || isDeployment(thread.getKey().getContextClassLoader()))
                .map(thread -> "thread " + thread.getKey().getName())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private boolean isDeployment(@Nullable ClassLoader loader) {
        return loader != null && loaders.stream().anyMatch(known -> known.refersTo(loader));
    }

    private static boolean runsDeployment(StackTraceElement[] stack) {
        return Arrays.stream(stack).map(StackTraceElement::getClassName).anyMatch(DeploymentLeaks::isDeployed);
    }

    /** Counts the instances of the application's classes; the command runs a full collection first. */
    private static Map<String, Long> countInstances() throws Exception {
        String histogram = (String) ManagementFactory.getPlatformMBeanServer()
                .invoke(
                        new ObjectName("com.sun.management:type=DiagnosticCommand"),
                        "gcClassHistogram",
                        new Object[] {new String[0]},
                        new String[] {String[].class.getName()});
        return histogram
                .lines()
                .map(line -> line.strip().split("\\s+"))
                .filter(columns -> columns.length > 3 && isDeployed(columns[3]))
                // The histogram has one line for each class loader.
                .collect(Collectors.toMap(
                        columns -> columns[3], columns -> Long.parseLong(columns[1]), Long::sum, TreeMap::new));
    }

    /** Returns whether a class belongs to the deployment, and not to the class path of this process. */
    private static boolean isDeployed(String className) {
        int nested = className.indexOf('$');
        String file = (nested < 0 ? className : className.substring(0, nested)).replace('.', '/') + ".class";
        return className.startsWith("dev.courant.")
                && DeploymentLeaks.class.getClassLoader().getResource(file) == null;
    }
}
