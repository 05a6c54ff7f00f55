package dev.courant;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.DataInputStream;
import java.io.File;
import java.net.ServerSocket;
import java.util.List;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code java -jar courant.jar} says when it does not get as far as starting the server. */
class LauncherIT {

    private static final int JAVA_8_CLASS_FILE = 52;

    @ParameterizedTest
    @ValueSource(strings = {"abc", "0", "65536", "-1", "8080x", "80.5", "99999999999"})
    void refusesPortThatIsNoPortNumber(String port) throws Exception {
        assertRefused("--port " + port + " is not a number from 1 to 65535", 2, CourantRun.jar("--port", port));
    }

    @Test
    void refusesPortWrittenWithEqualsSignAlike() throws Exception {
        assertRefused("--port abc is not a number from 1 to 65535", 2, CourantRun.jar("--port=abc"));
    }

    @Test
    void refusesPortWithoutNumber() throws Exception {
        assertRefused("--port needs a number from 1 to 65535", 2, CourantRun.jar("--port"));
    }

    @Test
    void refusesPortFollowedByAnotherOption() throws Exception {
        assertRefused("--port needs a number from 1 to 65535", 2, CourantRun.jar("--port", "--nohazelcast"));
    }

    @Test
    void saysWhichPortIsTakenAndHowToChooseAnother() throws Exception {
        try (ServerSocket taken = new ServerSocket(0)) {
            int port = taken.getLocalPort();
            assertRefused(
                    "Port " + port + " is already in use. Choose another with --port <number>,"
                            + " or let the server find one with --autobindhttp",
                    1,
                    CourantRun.jar("--port", Integer.toString(port)));
        }
    }

    @ParameterizedTest
    @CsvSource({"1.8, 1.8.0_402", "11, 11.0.2", "16, 16.0.1"})
    void tellsAnOldJdkWhichOneIsNeeded(String specification, String version) throws Exception {
        String classes =
                OldJdk.class.getProtectionDomain().getCodeSource().getLocation().getPath();
        String classPath = CourantCommand.jar() + File.pathSeparator + classes;

        CourantRun run = CourantRun.of(new CourantCommand(
                List.of(), List.of("-cp", classPath, OldJdk.class.getName(), specification, version)));

        String home = System.getProperty("java.home");
        assertRefused("Courant needs JDK 17 or newer; this is " + version + " (" + home + ")", 2, run);
    }

    @Test
    void isMadeOfClassesThatAnOldJdkLoads() throws Exception {
        try (ZipFile jar = new ZipFile(CourantCommand.jar().toFile());
                DataInputStream launcher =
                        new DataInputStream(jar.getInputStream(jar.getEntry("dev/courant/launch/Courant.class")))) {
            launcher.skipNBytes(6);
            assertEquals(JAVA_8_CLASS_FILE, launcher.readUnsignedShort());
        }
    }

    @Test
    void saysWhereASettingBelongs() throws Exception {
        String message = "-Dcourant.retry=3s has to stand before -jar: java -Dcourant.retry=3s -jar courant.jar";
        assertRefused(message, 2, CourantRun.jar("-Dcourant.retry=3s"));
    }

    @Test
    void saysLastWhichSettingCannotBeMeant() throws Exception {
        CourantRun run =
                CourantRun.of(CourantCommand.jar(List.of("-Dcourant.heartbeat=abc"), List.of("--autobindhttp")));

        String last = run.err().stream().reduce("", (one, next) -> next);
        assertEquals(
                "Courant did not come up: The setting courant.heartbeat is 'abc', but has to be a time as in 500ms,"
                        + " 15s, 5m, 1h or 7d",
                last);
        assertEquals(1, run.status());
    }

    @Test
    void explainsItself() throws Exception {
        CourantRun run = CourantRun.jar("--help");

        assertEquals(0, run.status());
        assertEquals(List.of(), run.err());
        assertTrue(
                run.out().contains("Usage: java [-Dsetting=value ...] -jar courant.jar [options]"),
                () -> "printed " + run.out());
    }

    private static void assertRefused(String message, int status, CourantRun run) {
        assertEquals(List.of(message), run.err());
        assertEquals(List.of(), run.out());
        assertEquals(status, run.status());
    }
}
