/**
 * The settings, read once at start from system properties, the environment and MicroProfile Config. Start reading at
 * {@link dev.courant.settings.SettingCatalogue}, the table of all settings; {@link dev.courant.settings.Settings} has
 * their values.
 */
@NullMarked
package dev.courant.settings;

import org.jspecify.annotations.NullMarked;
