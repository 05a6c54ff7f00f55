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

/** What is left of deployments that have been taken back, seen from within the server. */
final class DeploymentLeaks {

    private final List<WeakReference<ClassLoader>> loaders = new ArrayList<>();
    private final Map<String, Long> before = instances();

    DeploymentLeaks() throws Exception {}

    /** Notes the class loader of the deployment that is there now: its dispatchers have it for their own. */
    void note() {
        ClassLoader loader = Thread.getAllStackTraces().entrySet().stream()
                .filter(thread -> runs(thread.getValue()))
                .map(thread -> thread.getKey().getContextClassLoader())
                .findAny()
                .orElseThrow();
        if (loader == DeploymentLeaks.class.getClassLoader()) {
            throw new AssertionError("the server's own class loader");
        }
        loaders.add(new WeakReference<>(loader));
    }

    /** Whatever is still to be said when the garbage is collected, or at the deadline. */
    List<String> afterCollection() throws Exception {
        long deadline = System.nanoTime() + HttpEventStream.DEADLINE.toNanos();
        List<String> remains = remains();
        while (!remains.isEmpty() && System.nanoTime() < deadline) {
            remains = remains();
        }
        return remains;
    }

    private List<String> remains() throws Exception {
        List<String> remains = new ArrayList<>();
        // Fewer than before is what Payara let go of since, of the first that it deployed.
        instances().forEach((name, count) -> {
            if (count > before.getOrDefault(name, 0L)) {
                remains.add(count + " x " + name);
            }
        });
        remains.addAll(threads());
        ManagementFactory.getPlatformMBeanServer()
                .queryNames(new ObjectName("kafka.*:*"), null)
                .forEach(name -> remains.add("MBean " + name));
        for (int i = 0; i < loaders.size(); i++) {
            if (loaders.get(i).get() != null) {
                remains.add("the class loader of deployment " + i);
            }
        }
        return remains;
    }

    /** The server's names for its managed threads carry no trace of us: what a thread does or works for does. */
    private Set<String> threads() {
        return Thread.getAllStackTraces().entrySet().stream()
                .filter(thread ->
                        runs(thread.getValue()) || isDeployment(thread.getKey().getContextClassLoader()))
                .map(thread -> "thread " + thread.getKey().getName())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private boolean isDeployment(@Nullable ClassLoader loader) {
        return loader != null && loaders.stream().anyMatch(noted -> noted.refersTo(loader));
    }

    private static boolean runs(StackTraceElement[] stack) {
        return Arrays.stream(stack).map(StackTraceElement::getClassName).anyMatch(DeploymentLeaks::isDeployed);
    }

    /** After a full collection, which comes with the question. */
    private static Map<String, Long> instances() throws Exception {
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
                // The same name once for each class loader.
                .collect(Collectors.toMap(
                        columns -> columns[3], columns -> Long.parseLong(columns[1]), Long::sum, TreeMap::new));
    }

    /** Of the application, and not of this process's own class path, where the tests are. */
    private static boolean isDeployed(String className) {
        int nested = className.indexOf('$');
        String file = (nested < 0 ? className : className.substring(0, nested)).replace('.', '/') + ".class";
        return className.startsWith("dev.courant.")
                && DeploymentLeaks.class.getClassLoader().getResource(file) == null;
    }
}
