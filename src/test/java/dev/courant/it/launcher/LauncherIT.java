package dev.courant.it.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.courant.brokers.FreePorts;
import dev.courant.support.CourantCommand;
import dev.courant.support.CourantRun;
import java.io.DataInputStream;
import java.io.File;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.StandardProtocolFamily;
import java.nio.channels.ServerSocketChannel;
import java.util.List;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.opentest4j.TestAbortedException;

/** Tests the messages of {@code java -jar courant.jar} when the server cannot start. */
class LauncherIT {

    private static final int JAVA_8_CLASS_FILE = 52;

    @ParameterizedTest
    @ValueSource(strings = {"abc", "0", "65536", "-1", "8080x", "80.5", "99999999999"})
    void rejectsInvalidPortNumbers(String port) throws Exception {
        CourantRun.jar("--port", port)
                .assertRejected("--port " + port + " is invalid. Use a number from 1 to 65535", 2);
    }

    @Test
    void rejectsAnInvalidPortAfterAnEqualsSign() throws Exception {
        CourantRun.jar("--port=abc").assertRejected("--port abc is invalid. Use a number from 1 to 65535", 2);
    }

    @Test
    void rejectsThePortOptionWithoutNumber() throws Exception {
        CourantRun.jar("--port").assertRejected("--port has no value. Use a number from 1 to 65535", 2);
    }

    @Test
    void rejectsThePortOptionBeforeAnotherOption() throws Exception {
        CourantRun.jar("--port", "--nohazelcast")
                .assertRejected("--port has no value. Use a number from 1 to 65535", 2);
    }

    @Test
    void namesAPortInUseAndHowToChooseAnother() throws Exception {
        assertPortInUseIsRejected(new ServerSocket(0));
    }

    @Test
    void detectsAPortInUseOnIpv4Only() throws Exception {
        assertPortInUseIsRejected(ServerSocketChannel.open(StandardProtocolFamily.INET)
                .bind(new InetSocketAddress("127.0.0.1", 0))
                .socket());
    }

    @Test
    void detectsAPortInUseOnIpv6Only() throws Exception {
        ServerSocket taken;
        try {
            taken = ServerSocketChannel.open(StandardProtocolFamily.INET6)
                    .bind(new InetSocketAddress("::1", 0))
                    .socket();
        } catch (IOException | UnsupportedOperationException e) {
            throw new TestAbortedException("this machine has no IPv6", e);
        }
        assertPortInUseIsRejected(taken);
    }

    private static void assertPortInUseIsRejected(ServerSocket socket) throws Exception {
        try (ServerSocket taken = socket) {
            int port = taken.getLocalPort();
            CourantRun.jar("--port", Integer.toString(port))
                    .assertRejected(
                            "Port " + port + " is already in use. Choose another with --port <number>,"
                                    + " or let the server find one with --autobindhttp",
                            1);
        }
    }

    @ParameterizedTest
    @CsvSource({"1.8, 1.8.0_402", "11, 11.0.2", "16, 16.0.1"})
    void namesTheRequiredJdkOnAnOldJdk(String specification, String version) throws Exception {
        String classes = OldJdkLauncher.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .getPath();
        String classPath = CourantCommand.jar() + File.pathSeparator + classes;

        CourantRun run = CourantRun.of(new CourantCommand(
                List.of(), List.of("-cp", classPath, OldJdkLauncher.class.getName(), specification, version)));

        String home = System.getProperty("java.home");
        run.assertRejected("Courant needs JDK 17 or newer; this is " + version + " (" + home + ")", 2);
    }

    @Test
    void hasAMainClassThatAnOldJdkLoads() throws Exception {
        try (ZipFile jar = new ZipFile(CourantCommand.jar().toFile());
                DataInputStream launcher =
                        new DataInputStream(jar.getInputStream(jar.getEntry("dev/courant/launch/Courant.class")))) {
            launcher.skipNBytes(6);
            assertEquals(JAVA_8_CLASS_FILE, launcher.readUnsignedShort());
        }
    }

    @Test
    void namesAMisspelledOption() throws Exception {
        CourantRun.jar("--prot", "80")
                .assertRejected(
                        "--prot is not a valid command line switch for Payara Micro. To list the options, use --help",
                        2);
    }

    @Test
    void namesThePositionOfASetting() throws Exception {
        String message = "-Dcourant.retry=3s must be before -jar: java -Dcourant.retry=3s -jar courant.jar";
        CourantRun.jar("-Dcourant.retry=3s").assertRejected(message, 2);
    }

    @Test
    void namesAMissingTemporaryDirectory() throws Exception {
        CourantRun run = CourantRun.of(CourantCommand.jar(
                List.of("-Djava.io.tmpdir=/no/such/directory"), List.of("--port", Integer.toString(FreePorts.free()))));

        // Newer JDKs print a warning of their own first.
        assertEquals(
                "The temporary directory /no/such/directory (java.io.tmpdir) does not exist. Choose another with"
                        + " -Djava.io.tmpdir=<directory> before -jar",
                run.err().get(run.err().size() - 1));
        assertEquals(1, run.status());
    }

    @Test
    void namesALogFileThatCannotBeWritten() throws Exception {
        CourantRun.jar("--port", Integer.toString(FreePorts.free()), "--logtofile", "/no/such/file")
                .assertRejected(
                        "The log cannot be written to a file (--logtofile): /no/such/file (No such file or directory). Choose a"
                                + " writable file in a directory that exists",
                        1);
    }

    @Test
    void printsHelp() throws Exception {
        CourantRun run = CourantRun.jar("--help");

        assertEquals(0, run.status());
        assertEquals(List.of(), run.err());
        assertTrue(
                run.out().contains("Usage: java [-Dsetting=value ...] -jar courant.jar [options]"),
                () -> "printed " + run.out());
        assertEquals(
                "  java -cp courant.jar fish.payara.micro.PayaraMicro --help",
                run.out().get(run.out().size() - 1));
    }
}
