package dev.courant.it.server;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.inject.Inject;
import jakarta.servlet.ServletContext;
import java.io.File;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.URL;
import java.security.CodeSource;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Tests inside the server that the application uses the libraries in the WAR, not the server's copies. */
@Tag("server")
@ExtendWith(ArquillianExtension.class)
class ArchivesIT {

    private static final Logger LOG = System.getLogger(ArchivesIT.class.getName());

    /** One class or file of each library. */
    private static final Map<String, String> LIBRARIES = Map.of(
            "WEB-INF/lib/jose4j", "org/jose4j/jwt/consumer/JwtConsumer.class",
            "WEB-INF/lib/slf4j-api", "org/slf4j/LoggerFactory.class",
            "WEB-INF/lib/slf4j-jdk14", "org/slf4j/jul/JULServiceProvider.class",
            "WEB-INF/lib/re2j", "com/google/re2j/Pattern.class",
            "WEB-INF/lib/kafka-clients", "org/apache/kafka/clients/producer/KafkaProducer.class");

    /**
     * Locations of server copies that are acceptable, by a part of their address. WildFly adds its SLF4J to each deployment.
     * The API is the same, and jose4j and Kafka's client log to the server's log in both cases.
     */
    private static final Map<String, String> SERVER_LOCATIONS =
            Map.of("WEB-INF/lib/slf4j-api", "/modules/system/layers/base/org/slf4j/");

    /** The libraries that run this test in the server. */
    private static final Pattern ARQUILLIAN_LIBRARY = Pattern.compile("/arquillian-|-testen[a-z]+[.]jar");

    @Deployment
    static WebArchive war() {
        return ShrinkWrap.createFromZipFile(WebArchive.class, new File(System.getProperty("courant.war")));
    }

    @Inject
    private ServletContext context;

    @Test
    void usesTheBundledLibraries() {
        assertAll(LIBRARIES.entrySet().stream().map(library -> () -> {
            String origin = findOrigin(library.getValue());
            LOG.log(Level.INFO, "{0} is from {1}", library.getValue(), origin);
            String serverLocation = SERVER_LOCATIONS.get(library.getKey());
            assertTrue(
                    origin.contains(library.getKey()) || (serverLocation != null && origin.contains(serverLocation)),
                    library.getValue() + " is from " + origin);
        }));
    }

    @Test
    void bundlesNoOtherLibrary() {
        Set<String> bundled = context.getResourcePaths("/WEB-INF/lib").stream()
                .filter(path -> !ARQUILLIAN_LIBRARY.matcher(path).find())
                .map(path -> path.substring(1).replaceFirst("-[0-9][^/]*$", ""))
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> known = new TreeSet<>(LIBRARIES.keySet());
        known.remove("WEB-INF/classes");
        assertEquals(known, bundled);
    }

    /** Returns the location of the class's archive, or the address of the file if the class has none. */
    private static String findOrigin(String file) throws ClassNotFoundException {
        ClassLoader loader = ArchivesIT.class.getClassLoader();
        if (file.endsWith(".class")) {
            String name = file.substring(0, file.length() - ".class".length()).replace('/', '.');
            Class<?> loaded = Class.forName(name, false, loader);
            CodeSource source = loaded.getProtectionDomain().getCodeSource();
            if (source != null && source.getLocation() != null) {
                return source.getLocation().toString();
            }
        }
        URL resource = loader.getResource(file);
        return String.valueOf(resource);
    }
}
