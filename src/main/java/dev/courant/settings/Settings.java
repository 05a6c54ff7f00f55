package dev.courant.settings;

import static dev.courant.settings.SettingCatalogue.*;

import dev.courant.kafka.KafkaClientProperties;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The values of all settings in {@link SettingCatalogue}, read and checked once at start. A blank value counts as not
 * set. Immutable.
 */
public final class Settings {

    private static final Logger LOG = System.getLogger(Settings.class.getName());

    private final long heapBytes;
    private final Map<Setting<?>, Object> values = new HashMap<>();
    private final Map<String, String> kafkaClientProperties = new TreeMap<>();

    /**
     * Reads all settings.
     *
     * @param heapBytes the maximum size of the heap, on which some defaults depend
     * @throws InvalidSettingException if a value is invalid, or if two settings exclude each other
     */
    Settings(SettingsSource source, long heapBytes) {
        this.heapBytes = heapBytes;
        for (Setting<?> setting : SettingCatalogue.all()) {
            Object value = read(setting, source);
            if (value != null) {
                values.put(setting, value);
            }
        }
        // Loads Kafka's classes, and knows only the names that Kafka defines.
        if (isSet(KAFKA_BOOTSTRAP_SERVERS)) {
            for (String name : KafkaClientProperties.allowedNames()) {
                String value = findText(source, toClientSetting(name));
                if (value != null) {
                    kafkaClientProperties.put(name, value);
                }
            }
        }
        checkCombinations();
    }

    /**
     * Reads the settings of this server, and logs a warning for each unknown name.
     *
     * @throws InvalidSettingException if a value is invalid
     */
    public static Settings read() {
        Settings settings = readWithoutWarnings();
        settings.findUnknownNames(
                        System.getProperties().stringPropertyNames(),
                        System.getenv().keySet())
                .forEach(name ->
                        LOG.log(Level.WARNING, "The setting {0} is unknown and ignored. Check its spelling.", name));
        return settings;
    }

    /**
     * Reads the settings without logging unknown names.
     *
     * @throws InvalidSettingException if a value is invalid
     */
    public static Settings readWithoutWarnings() {
        return new Settings(SettingsSource.ofServer(), Runtime.getRuntime().maxMemory());
    }

    /** Returns the value of a setting that has one by default. */
    public <T> T get(Setting<T> setting) {
        return Objects.requireNonNull(find(setting), setting::name);
    }

    /** Returns the value of a setting, or {@code null} if it has none. */
    @SuppressWarnings("unchecked") // the setting itself has parsed its value
    public <T> @Nullable T find(Setting<T> setting) {
        return (T) values.get(setting);
    }

    /** Returns whether the setting has a value. */
    public boolean isSet(Setting<?> setting) {
        return values.containsKey(setting);
    }

    /** Returns whether the operator configured keys; otherwise the application creates a random key. */
    public boolean hasKeys() {
        return isSet(JWT_KEY) || isSet(JWT_JWKS);
    }

    /** Returns whether the dialect of the Mercure protocol is 0.x. */
    public boolean usesLegacyMercure() {
        return get(MERCURE_DIALECT).equals("0.x");
    }

    /** Returns the configured properties of Kafka's clients, by Kafka's names. They may contain credentials. */
    public Map<String, String> kafkaClientProperties() {
        return Map.copyOf(kafkaClientProperties);
    }

    long heapBytes() {
        return heapBytes;
    }

    /** Returns the names with Courant's prefix that are not in the catalogue: most are misspelled. */
    Set<String> findUnknownNames(Set<String> properties, Set<String> variables) {
        Set<String> known = Stream.concat(
                        SettingCatalogue.all().stream().map(Setting::name),
                        kafkaClientProperties.keySet().stream().map(Settings::toClientSetting))
                .collect(Collectors.toSet());
        Set<String> unknown = new TreeSet<>();
        properties.stream()
                .filter(name -> name.startsWith("courant.") && !known.contains(name))
                .forEach(unknown::add);
        Set<String> knownVariables = known.stream().map(Setting::toVariable).collect(Collectors.toSet());
        variables.stream()
                .filter(name -> name.startsWith("COURANT_") && !knownVariables.contains(name))
                .forEach(unknown::add);
        return unknown;
    }

    private <T> @Nullable T read(Setting<T> setting, SettingsSource source) {
        String text = findText(source, setting.name());
        return text == null ? setting.defaultValue().value().apply(setting, this) : setting.parse(text);
    }

    private static @Nullable String findText(SettingsSource source, String name) {
        String text = source.get(name);
        return text == null || text.isBlank() ? null : text;
    }

    private static String toClientSetting(String kafkaName) {
        return KAFKA_CLIENT.name().replace("*", kafkaName);
    }

    private void checkCombinations() {
        for (Setting<?> setting : List.of(JWT_ALGORITHM, JWT_ISSUER)) {
            if (isSet(setting) && !hasKeys()) {
                throw new InvalidSettingException(
                        setting + " is set, but no key. Set " + JWT_KEY + " or " + JWT_JWKS + '.');
            }
        }
        requireOnlyOne(JWT_KEY, JWT_JWKS, "");
        requireOnlyOne(JOURNAL_DIR, KAFKA_BOOTSTRAP_SERVERS, ": events are stored in the journal or in Kafka");
        if (hasKeys() && !usesLegacyMercure()) {
            if (!isSet(JWT_ISSUER)) {
                throw new InvalidSettingException(JWT_ISSUER + " is not set. Set it to the iss of the tokens.");
            }
            if (!isSet(JWT_AUDIENCE) && !isSet(PUBLIC_URL)) {
                throw new InvalidSettingException(JWT_AUDIENCE + " is not set. Set it to the aud of the tokens, or set "
                        + PUBLIC_URL + " if that is the hub's URL.");
            }
        }
    }

    private void requireOnlyOne(Setting<?> one, Setting<?> other, String reason) {
        if (isSet(one) && isSet(other)) {
            throw new InvalidSettingException(
                    one + " and " + other + " are both set. Remove one of them" + reason + '.');
        }
    }
}
