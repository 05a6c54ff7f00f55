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
 * A program that repeatedly deploys and undeploys the WAR in Payara Micro while clients have open streams. It then prints
 * the leaks. {@link RedeployIT} runs it as a process.
 *
 * <p>Arguments: the WAR, a port, the number of deployments.
 */
final class RedeployedServer {

    private RedeployedServer() {}

    @SuppressWarnings("SystemOut") // the test reads the output
    public static void main(String[] arguments) throws Exception {
        int port = Integer.parseInt(arguments[1]);
        PayaraMicroRuntime server =
                PayaraMicro.getInstance().setHttpPort(port).setNoHazelcast(true).bootStrap();
        // The first deployment has no clients: undeploying must work even if no stream was ever opened. It also starts
        // the
        // thread of Payara's scheduled executor, which keeps the class loader of that deployment.
        server.deploy("courant", "courant", new File(arguments[0]));
        server.undeploy("courant");
        DeploymentLeaks leaks = new DeploymentLeaks();
        for (int i = 1; i <= Integer.parseInt(arguments[2]); i++) {
            server.deploy("courant", "courant", new File(arguments[0]));
            leaks.addDeployment();
            awaitReady(URI.create("http://127.0.0.1:" + port + "/courant/ops/health/ready"));
            try (OpenClients clients = new OpenClients(URI.create("http://127.0.0.1:" + port + "/courant/"))) {
                server.undeploy("courant");
                clients.awaitEnd();
                System.out.println("redeployments: " + i + " ended");
            } catch (AssertionError failed) {
                System.out.println("redeployments: " + i + " " + failed.getMessage());
            }
        }
        System.out.println("redeployments: left " + leaks.awaitNone());
        System.exit(0);
    }

    /** Waits until the application is ready: a log in Kafka is not available at once. */
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
