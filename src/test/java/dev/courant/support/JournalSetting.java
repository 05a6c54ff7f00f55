package dev.courant.support;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.spi.BeforeBeanDiscovery;
import jakarta.enterprise.inject.spi.BeforeShutdown;
import jakarta.enterprise.inject.spi.Extension;
import java.io.IOException;
import java.io.InputStream;

/** Deployed with the WAR under test: gives this deployment, of all in its server, a journal in the directory that it names. */
public class JournalSetting implements Extension {

    /** A resource of the deployment. */
    public static final String DIRECTORY = "journal-directory";

    private static final String PROPERTY = "courant.journal.dir";

    public void set(@Observes BeforeBeanDiscovery event) throws IOException {
        try (InputStream in = JournalSetting.class.getResourceAsStream("/" + DIRECTORY)) {
            System.setProperty(PROPERTY, new String(in.readAllBytes(), UTF_8));
        }
    }

    public void clear(@Observes BeforeShutdown event) {
        System.clearProperty(PROPERTY);
    }
}
