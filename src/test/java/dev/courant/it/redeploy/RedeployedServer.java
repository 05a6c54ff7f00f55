package dev.courant.it.redeploy;

import dev.courant.it.server.OpenClients;
import dev.courant.support.HttpEventStream;
import fish.payara.micro.PayaraMicro;
import fish.payara.micro.PayaraMicroRuntime;
import java.io.File;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;

/**
 * A Payara Micro of its own that deploys the WAR and takes it back as often as it is told, each time with clients in
 * mid-stream, and then says what is left of the application in the server. Run as a process by {@link RedeployIT}.
 *
 * <p>Arguments: the WAR, a port, how often.
 */
final class RedeployedServer {

    private RedeployedServer() {}

    @SuppressWarnings("SystemOut") // it is how a process answers
    public static void main(String[] arguments) throws Exception {
        int port = Integer.parseInt(arguments[1]);
        PayaraMicroRuntime server =
                PayaraMicro.getInstance().setHttpPort(port).setNoHazelcast(true).bootStrap();
        // Once with nobody there: what is first needed at the end has to be there all the same. The thread of Payara's
        // scheduled executor, which whoever comes first has it start, keeps that one's class loader as long as it
        // lives.
        server.deploy("courant", "courant", new File(arguments[0]));
        server.undeploy("courant");
        DeploymentLeaks remains = new DeploymentLeaks();
        for (int i = 1; i <= Integer.parseInt(arguments[2]); i++) {
            server.deploy("courant", "courant", new File(arguments[0]));
            remains.note();
            awaitReady(URI.create("http://127.0.0.1:" + port + "/courant/ops/health/ready"));
            try (OpenClients clients = new OpenClients(URI.create("http://127.0.0.1:" + port + "/courant/"))) {
                server.undeploy("courant");
                clients.awaitEnd();
                System.out.println("redeployments: " + i + " ended");
            } catch (AssertionError failed) {
                System.out.println("redeployments: " + i + " " + failed.getMessage());
            }
        }
        System.out.println("redeployments: left " + remains.afterCollection());
        System.exit(0);
    }

    /** A log on brokers is not there at once. */
    private static void awaitReady(URI ready) throws Exception {
        HttpClient client = HttpClient.newHttpClient();
        HttpRequest request = HttpRequest.newBuilder(ready).build();
        long deadline = System.nanoTime() + HttpEventStream.DEADLINE.toNanos();
        while (client.send(request, BodyHandlers.discarding()).statusCode() != 200) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("not ready in time");
            }
        }
    }
}
