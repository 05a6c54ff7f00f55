package dev.courant.launch;

import java.io.PrintStream;

/**
 * The main class of {@code courant.jar}. It checks the conditions of a successful start before it starts the server,
 * and reports a failure in one line instead of a stack trace.
 *
 * <p>It is compiled for Java 8. An older JDK would reject class files for Java 17 with an {@code
 * UnsupportedClassVersionError}, which does not name the required JDK.
 */
public final class Courant {

    private Courant() {}

    public static void main(String[] args) {
        try {
            JavaVersion.requireSupported();
            run(new CommandLine(args));
        } catch (StartFailure failure) {
            if (ShutdownSignals.isExiting()) {
                return; // the signal stopped the server during its start
            }
            exit(System.err, failure.getMessage(), failure.status());
        }
    }

    private static void run(CommandLine commandLine) throws StartFailure {
        if (commandLine.has("--help")) {
            exit(System.out, HelpText.read(), 0);
        }
        commandLine.requireNoSettings();
        HttpPort port = HttpPort.of(commandLine);
        ServerOptions.requireValid(commandLine.arguments());
        HttpPort.enableIpv4AndIpv6();
        if (commandLine.has("--version", "--warmup", "--outputuberjar", "--outputlauncher")) {
            PayaraMicroServer.start(commandLine.arguments());
            return;
        }
        port.requireFree();
        TemporaryDirectory.requireUsable();
        LogFile.install(commandLine);
        SettingsCheck.requireValid();
        port.setAddressProperty();
        ShutdownSignals.handleSignals();
        System.out.println("Courant is starting" + port + " ...");
        PayaraMicroServer server = PayaraMicroServer.start(commandLine.toServerArguments());
        System.out.println("Courant is ready: " + server.requireReady());
    }

    /**
     * Ends the process, even if threads of the server are still running. Closes the output first, because the shutdown
     * hooks of the server log: Courant's message must be the last line.
     */
    private static void exit(PrintStream stream, String message, int status) {
        stream.println(message);
        System.out.close();
        System.err.close();
        System.exit(status);
    }
}
