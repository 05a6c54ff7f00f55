/**
 * The differences between servers, one class for each server behind {@link dev.courant.stream.ServerTransport}. Server classes are called by reflection, since they are missing on other servers.
 */
@NullMarked
package dev.courant.stream.server;

import org.jspecify.annotations.NullMarked;
