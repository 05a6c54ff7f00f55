package dev.courant.settings;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jspecify.annotations.Nullable;

/** Where settings come from. The first source that knows a name answers. */
@FunctionalInterface
interface SettingsSource {

    @Nullable
    String get(String name);

    /** System properties, then the environment, then MicroProfile Config where the server has it. */
    static SettingsSource ofThisServer() {
        SettingsSource microProfile = microProfile();
        return inTurn(System::getProperty, System.getenv(), microProfile);
    }

    static SettingsSource inTurn(
            UnaryOperator<@Nullable String> properties, Map<String, String> environment, SettingsSource others) {
        return name -> {
            String property = properties.apply(name);
            if (property != null) {
                return property;
            }
            String variable = environment.get(variable(name));
            return variable != null ? variable : others.get(name);
        };
    }

    /** {@code COURANT_WINDOW_MAX_EVENTS} for {@code courant.window.max-events}. */
    static String variable(String name) {
        return name.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
    }

    private static SettingsSource microProfile() {
        try {
            return new MicroProfileConfig();
        } catch (LinkageError | IllegalStateException absent) {
            return name -> null;
        }
    }

    /** A class of its own, so that nothing of MicroProfile is loaded where the server has none. */
    final class MicroProfileConfig implements SettingsSource {

        private final org.eclipse.microprofile.config.Config config = ConfigProvider.getConfig();

        @Override
        public @Nullable String get(String name) {
            Optional<String> value = config.getOptionalValue(name, String.class);
            return value.orElse(null);
        }
    }
}
