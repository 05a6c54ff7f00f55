/**
 * The wiring of the application: it creates the parts from the settings, registers the servlet filters, and stops the
 * parts at undeployment. The container's threads call everything here. Start reading at {@link
 * dev.courant.app.ApplicationLifecycle} and {@link dev.courant.app.FilterSetup}.
 */
@NullMarked
package dev.courant.app;

import org.jspecify.annotations.NullMarked;
