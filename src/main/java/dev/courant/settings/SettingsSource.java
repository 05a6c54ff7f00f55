package dev.courant.settings;

import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jspecify.annotations.Nullable;

/** A source of settings, such as system properties or the environment. */
@FunctionalInterface
interface SettingsSource {

    /** Returns the value of a setting, or {@code null} if the source has none. */
    @Nullable
    String get(String name);

    /** Returns the system properties, then the environment, then MicroProfile Config if the server has it. */
    static SettingsSource ofServer() {
        return firstOf(System::getProperty, System.getenv(), microProfile());
    }

    /** Returns a source with the value of the first source that has one, in the order of the parameters. */
    static SettingsSource firstOf(
            UnaryOperator<@Nullable String> properties, Map<String, String> environment, SettingsSource others) {
        return name -> {
            String property = properties.apply(name);
            if (property != null) {
                return property;
            }
            String variable = environment.get(Setting.toVariable(name));
            return variable != null ? variable : others.get(name);
        };
    }

    private static SettingsSource microProfile() {
        try {
            return new MicroProfileConfig();
        } catch (LinkageError | IllegalStateException absent) {
            return name -> null;
        }
    }

    /** A separate class, so that MicroProfile's classes are loaded only by a server that has them. */
    final class MicroProfileConfig implements SettingsSource {

        private final org.eclipse.microprofile.config.Config config = ConfigProvider.getConfig();

        @Override
        public @Nullable String get(String name) {
            Optional<String> value = config.getOptionalValue(name, String.class);
            return value.orElse(null);
        }
    }
}
