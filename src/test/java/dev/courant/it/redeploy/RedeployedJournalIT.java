package dev.courant.it.redeploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.courant.it.journal.PublishLoop;
import dev.courant.support.HttpEventStream;
import dev.courant.support.JournalSetting;
import jakarta.enterprise.inject.spi.Extension;
import java.io.File;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jboss.arquillian.container.test.api.Deployer;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.OperateOnDeployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.importer.ZipImporter;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Tests an undeployment and a redeployment during open streams: streams end regularly, and resume where they ended. Each
 * step is a separate test, in order: the address of the application is available only after the deployment.
 */
@Tag("server")
@ExtendWith(ArquillianExtension.class)
@RunAsClient
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class RedeployedJournalIT {

    private static final String NAME = "journal";
    private static final String TOPIC = "sse/test/redeployed";
    private static final int RECEIVED = 20;

    private static final Path DIRECTORY =
            Path.of(System.getProperty("courant.war")).resolveSibling("redeployed-journal-" + System.nanoTime());
    private static final List<Map<String, String>> received = new ArrayList<>();
    private static List<String> stored = List.of();

    @Deployment(name = NAME, managed = false, testable = false)
    static WebArchive war() {
        return ShrinkWrap.create(ZipImporter.class, "courant-journal.war")
                .importFrom(new File(System.getProperty("courant.war")))
                .as(WebArchive.class)
                .addClass(JournalSetting.class)
                .addAsServiceProvider(Extension.class, JournalSetting.class)
                .addAsResource(new StringAsset(DIRECTORY.toString()), JournalSetting.DIRECTORY);
    }

    @ArquillianResource
    private Deployer deployer;

    @Test
    @Order(1)
    void isDeployed() {
        deployer.deploy(NAME);
    }

    @Test
    @Order(2)
    void endsEveryStreamAfterTheLastAcknowledgedEvent(@ArquillianResource @OperateOnDeployment(NAME) URI base)
            throws Exception {
        try (HttpEventStream numbers = new HttpEventStream(base.resolve("sse"));
                HttpEventStream follower = new HttpEventStream(base.resolve(TOPIC));
                HttpEventStream watcher = new HttpEventStream(base.resolve(TOPIC))) {
            numbers.next("data");
            follower.next("retry");
            watcher.next("retry");
            PublishLoop publisher = new PublishLoop(base.resolve(TOPIC));
            for (int i = 0; i < RECEIVED; i++) {
                received.add(follower.next("data"));
            }
            publisher.awaitFirst();

            deployer.undeploy(NAME);

            numbers.rest();
            follower.rest();
            stored = publisher.stored();
            List<String> delivered = watcher.rest();
            // The last event may be stored although the publisher received no response.
            assertTrue(delivered.size() >= stored.size(), delivered.size() + " of " + stored.size());
            assertEquals(stored, delivered.subList(0, stored.size()));
        }
    }

    @Test
    @Order(3)
    void isDeployedAgain() {
        deployer.deploy(NAME);
    }

    @Test
    @Order(4)
    void resumesWithTheSameIdsWithoutLossOrDuplicates(@ArquillianResource @OperateOnDeployment(NAME) URI base)
            throws Exception {
        try (HttpEventStream stream = new HttpEventStream(
                base.resolve(TOPIC), "Last-Event-ID", received.get(0).get("id"))) {
            for (int i = 1; i < stored.size(); i++) {
                Map<String, String> event = stream.next("data");
                assertEquals(stored.get(i), event.get("data"));
                if (i < RECEIVED) {
                    assertEquals(received.get(i), event);
                }
            }
        }
        deployer.undeploy(NAME);
    }
}
