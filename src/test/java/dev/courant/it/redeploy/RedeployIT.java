package dev.courant.it.redeploy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.courant.brokers.FreePorts;
import dev.courant.brokers.TestCluster;
import dev.courant.support.CourantCommand;
import dev.courant.support.TestDeadline;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Tests undeployments in a server that continues to run. No acknowledged event is lost, and no thread, instance or class
 * loader leaks. The first deployment is not counted, since Payara keeps parts of it.
 */
class RedeployIT {

    private static final int TIMES = 20;
    private static final int KAFKA_TIMES = 5;

    @Test
    void undeployingEndsEveryStreamAndLeavesNothing(@TempDir Path directory) throws Exception {
        assertLeavesNothing(directory, TIMES, List.of());
    }

    @Test
    void undeployingLeavesNothingOfTheKafkaClients(@TempDir Path directory) throws Exception {
        try (TestCluster brokers = TestCluster.start(1)) {
            List<String> kafkaSettings = List.of("-Dcourant.kafka.bootstrap-servers=" + brokers.bootstrapServers());
            assertLeavesNothing(directory, KAFKA_TIMES, kafkaSettings);
        }
    }

    private static void assertLeavesNothing(Path directory, int times, List<String> settings) throws Exception {
        Path output = directory.resolve("output");
        Process process = CourantCommand.withoutSettings(new ProcessBuilder(command(times, settings)))
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        if (!process.waitFor(TestDeadline.of(Duration.ofMinutes(8)).toSeconds(), TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }

        List<String> printed = Files.readString(output, StandardCharsets.UTF_8)
                .lines()
                .filter(line -> line.startsWith("redeployments: "))
                .toList();
        List<String> expected = new ArrayList<>();
        for (int i = 1; i <= times; i++) {
            expected.add("redeployments: " + i + " ended");
        }
        expected.add("redeployments: left []");
        assertEquals(expected, printed, () -> read(output));
    }

    private static List<String> command(int times, List<String> settings) throws Exception {
        File server = new File(System.getProperty("payara.jar"));
        List<String> command = new ArrayList<>(List.of(
                ProcessHandle.current().info().command().orElse("java"), "-Xmx512m", "-XX:TieredStopAtLevel=1"));
        // Full collections clear all soft references. The clients' topics accept anonymous publications.
        command.addAll(
                List.of("-XX:+UseSerialGC", "-XX:SoftRefLRUPolicyMSPerMB=0", "-Dcourant.publish.anonymous=test/**"));
        command.addAll(settings);
        // The Add-Opens and Add-Exports of the jar's manifest apply to java -jar only.
        try (JarFile jar = new JarFile(server)) {
            Attributes manifest = jar.getManifest().getMainAttributes();
            for (String opened : manifest.getValue("Add-Opens").split(" ")) {
                command.add("--add-opens=" + opened + "=ALL-UNNAMED");
            }
            for (String exported : manifest.getValue("Add-Exports").split(" ")) {
                command.add("--add-exports=" + exported + "=ALL-UNNAMED");
            }
        }
        command.addAll(List.of(
                "-cp",
                server + File.pathSeparator + System.getProperty("test.classes"),
                "dev.courant.it.redeploy.RedeployedServer",
                System.getProperty("courant.war"),
                Integer.toString(FreePorts.free()),
                Integer.toString(times)));
        return command;
    }

    private static String read(Path output) {
        try {
            return Files.readString(output, StandardCharsets.UTF_8);
        } catch (java.io.IOException unreadable) {
            return unreadable.toString();
        }
    }
}
