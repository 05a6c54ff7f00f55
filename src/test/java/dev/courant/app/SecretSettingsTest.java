package dev.courant.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import dev.courant.settings.Setting;
import dev.courant.settings.SettingCatalogue;
import dev.courant.settings.Settings;
import dev.courant.support.LogCapture;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests that no message contains the value of a secret setting, valid or not. */
class SecretSettingsTest {

    private static final String SECRET = "s3cret";

    private final LogCapture log = new LogCapture("");
    private final List<String> names = new ArrayList<>();

    @BeforeEach
    void setRequiredSettings() {
        set("courant.jwt.issuer", "https://issuer.example");
        set("courant.jwt.audience", "https://hub.example");
    }

    @AfterEach
    void restore() {
        log.close();
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
        assertOmitted(Settings.read().toString());
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
        assertOmitted(String.valueOf(problem));
        assertOmitted(log.lines().toString());
        return problem;
    }

    private static void assertOmitted(String text) {
        assertFalse(text.contains(SECRET), text);
    }

    private void set(String name, String value) {
        names.add(name);
        System.setProperty(name, value);
    }
}
