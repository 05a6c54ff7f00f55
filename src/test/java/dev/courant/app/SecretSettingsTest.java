package dev.courant.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import dev.courant.settings.Setting;
import dev.courant.settings.SettingCatalogue;
import dev.courant.settings.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests that no message contains the value of a secret setting, valid or not. */
class SecretSettingsTest {

    private static final String SECRET = "s3cret";

    private final Logger root = Logger.getLogger("");
    private final Level level = root.getLevel();
    private final List<String> output = new ArrayList<>();
    private final List<String> names = new ArrayList<>();
    private final Handler handler = new Handler() {

        private final SimpleFormatter formatter = new SimpleFormatter();

        @Override
        public void publish(LogRecord entry) {
            output.add(formatter.format(entry));
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    @BeforeEach
    void collectTheLog() {
        root.addHandler(handler);
        root.setLevel(Level.ALL);
        set("courant.jwt.issuer", "https://issuer.example");
        set("courant.jwt.audience", "https://hub.example");
    }

    @AfterEach
    void restore() {
        root.removeHandler(handler);
        root.setLevel(level);
        names.forEach(System::clearProperty);
    }

    @ParameterizedTest
    @CsvSource(delimiter = ' ', textBlock = """
            courant.jwt.key s3cret
            courant.jwt.key {"s3cret":1}
            courant.jwt.key -----BEGIN_PUBLIC_KEY-----s3cret
            courant.jwt.jwks https://user:s3cret@host.example/
            courant.jwt.jwks https://host.example/#s3cret
            courant.jwt.jwks http://host.example/s3cret
            courant.jwt.jwks file://s3cret@host/file
            """)
    void areNotInTheMessageThatRejectsThem(String name, String value) {
        set(name, value);
        assertNotNull(findProblem());
    }

    @ParameterizedTest
    @CsvSource({
        "sasl.jaas.config, s3cret",
        "sasl.jaas.config, org.example.Login required password=s3cret",
        "ssl.keystore.key, s3cret",
        "ssl.truststore.certificates, s3cret",
        "ssl.key.password, s3cret",
        "ssl.truststore.password, s3cret"
    })
    void areNotInTheMessageOfKafkasClient(String property, String value) {
        set("courant.kafka.bootstrap-servers", "localhost:9");
        set("courant.kafka.client.security.protocol", property.startsWith("sasl") ? "SASL_SSL" : "SSL");
        set("courant.kafka.client.ssl.truststore.type", "PEM");
        set("courant.kafka.client.ssl.keystore.type", "PEM");
        set("courant.kafka.client." + property, value);
        findProblem();
    }

    @Test
    void areNotInTheLogOfAValidStart() {
        set("courant.jwt.key", SECRET.repeat(10));
        assertEquals(null, findProblem());
        output.add(Settings.read().toString());
        assertFalse(output.toString().contains(SECRET), output::toString);
    }

    @Test
    void areThoseOfThisTest() {
        assertEquals(
                List.of("courant.kafka.client.*", "courant.jwt.key", "courant.jwt.jwks"),
                SettingCatalogue.all().stream()
                        .filter(Setting::secret)
                        .map(Setting::name)
                        .toList());
    }

    private String findProblem() {
        String problem = SettingsValidator.findProblem();
        output.add(String.valueOf(problem));
        assertFalse(output.toString().contains(SECRET), output::toString);
        return problem;
    }

    private void set(String name, String value) {
        names.add(name);
        System.setProperty(name, value);
    }
}
