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

/** In the server: what the WAR brings is what it runs with, whatever copies the server has of it. */
@Tag("server")
@ExtendWith(ArquillianExtension.class)
class ArchivesIT {

    private static final Logger LOG = System.getLogger(ArchivesIT.class.getName());

    /** From each library one class, or another file. MVStore is in no library any more, but among our own classes. */
    private static final Map<String, String> LIBRARIES = Map.of(
            "WEB-INF/lib/jose4j", "org/jose4j/jwt/consumer/JwtConsumer.class",
            "WEB-INF/lib/slf4j-api", "org/slf4j/LoggerFactory.class",
            "WEB-INF/lib/slf4j-jdk14", "org/slf4j/jul/JULServiceProvider.class",
            "WEB-INF/lib/re2j", "com/google/re2j/Pattern.class",
            "WEB-INF/lib/kafka-clients", "org/apache/kafka/clients/producer/KafkaProducer.class",
            "WEB-INF/classes", "courant/shaded/h2/mvstore/MVStore.class");

    /**
     * Where a server's copy wins, by a part of its address. WildFly gives each deployment its SLF4J; what jose4j and
     * Kafka's client log then goes where the server logs, which is what ours would do by way of the JDK. It is the same
     * API, so ours need not be made to win by a file that only WildFly reads. Open Liberty names the whole archive.
     */
    private static final Map<String, String> OF_THE_SERVER = Map.of(
            "WEB-INF/lib/slf4j-api", "/modules/system/layers/base/org/slf4j/", "WEB-INF/classes", "/courant.war");

    /** What runs this test in the server. */
    private static final Pattern OF_ARQUILLIAN = Pattern.compile("/arquillian-|-testen[a-z]+[.]jar");

    @Deployment
    static WebArchive war() {
        return ShrinkWrap.createFromZipFile(WebArchive.class, new File(System.getProperty("courant.war")));
    }

    @Inject
    private ServletContext context;

    @Test
    void runsWithTheLibrariesThatItBrings() {
        assertAll(LIBRARIES.entrySet().stream().map(library -> () -> {
            String origin = origin(library.getValue());
            LOG.log(Level.INFO, "{0} is from {1}", library.getValue(), origin);
            String servers = OF_THE_SERVER.get(library.getKey());
            assertTrue(
                    origin.contains(library.getKey()) || (servers != null && origin.contains(servers)),
                    library.getValue() + " is from " + origin);
        }));
    }

    @Test
    void bringsNoOtherLibrary() {
        Set<String> bundled = context.getResourcePaths("/WEB-INF/lib").stream()
                .filter(path -> !OF_ARQUILLIAN.matcher(path).find())
                .map(path -> path.substring(1).replaceFirst("-[0-9][^/]*$", ""))
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> known = new TreeSet<>(LIBRARIES.keySet());
        known.remove("WEB-INF/classes");
        assertEquals(known, bundled);
    }

    /** The archive as the class has it; where it has none, by the address of the file. */
    private static String origin(String file) throws ClassNotFoundException {
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
