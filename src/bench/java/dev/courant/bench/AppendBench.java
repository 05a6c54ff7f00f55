package dev.courant.bench;

import dev.courant.app.EventLogFactory;
import dev.courant.log.EventLog;
import dev.courant.settings.Settings;
import java.security.SecureRandom;
import java.util.List;

/**
 * The benchmark of the configured log in one JVM, without a server. Run it after {@code mvn package -DskipTests}:
 * {@code java -Dcourant.journal.dir=DIR -cp 'target/test-classes:target/courant/WEB-INF/classes:target/courant/WEB-INF/lib/*' dev.courant.bench.AppendBench}.
 */
final class AppendBench {

    private AppendBench() {}

    public static void main(String[] args) throws InterruptedException {
        try (EventLog log = EventLogFactory.open(Settings.read(), new SecureRandom(), Thread::new)) {
            AppendScenario.run(log, List.of(args));
        }
    }
}
