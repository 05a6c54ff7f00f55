package dev.courant.launch;

import java.io.PrintStream;

/**
 * The main class of {@code courant.jar}: looks for what would stop the server before it starts the server, and says so
 * in one line rather than in a stack trace.
 *
 * <p>Compiled for Java 8 on purpose: an older JDK would answer class files for 17 with {@code
 * UnsupportedClassVersionError}, which tells nobody what to do.
 */
public final class Courant {

    private Courant() {}

    public static void main(String[] args) {
        try {
            JavaVersion.refuseOld();
            run(new CommandLine(args));
        } catch (StartFailure refusal) {
            exit(System.err, refusal.getMessage(), refusal.status());
        }
    }

    private static void run(CommandLine arguments) throws StartFailure {
        if (arguments.has("--help")) {
            exit(System.out, HelpText.text(), 0);
        }
        arguments.refuseSettings();
        HttpPort port = HttpPort.of(arguments);
        HttpPort.useBothFamilies();
        if (arguments.has("--version", "--warmup", "--outputuberjar", "--outputlauncher")) {
            PayaraMicroServer.start(arguments.words());
            return;
        }
        port.refuseTaken();
        TemporaryDirectory.refuseUnusable();
        LogFile.addFor(arguments);
        SettingsCheck.refuseInvalid();
        port.tellApplication();
        ShutdownSignals.handleSignals();
        System.out.println("Courant is starting" + port + " ...");
        PayaraMicroServer server = PayaraMicroServer.start(arguments.withDefaults());
        System.out.println("Courant is ready: " + server.readyAddress());
    }

    /**
     * Ends the process whatever threads the server has left running. Its hooks clean up behind it and log that they do,
     * so the streams are closed before: the last line has to be ours.
     */
    private static void exit(PrintStream stream, String message, int status) {
        stream.println(message);
        System.out.close();
        System.err.close();
        System.exit(status);
    }
}
