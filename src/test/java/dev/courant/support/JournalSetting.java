package dev.courant.support;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.spi.BeforeBeanDiscovery;
import jakarta.enterprise.inject.spi.BeforeShutdown;
import jakarta.enterprise.inject.spi.Extension;
import java.io.IOException;
import java.io.InputStream;

/**
 * A CDI extension in the WAR under test that enables the journal for this deployment only. A resource of the deployment
 * contains the journal's directory.
 */
public class JournalSetting implements Extension {

    /** The name of the resource that contains the directory. */
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
