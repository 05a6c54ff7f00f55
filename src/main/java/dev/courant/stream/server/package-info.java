/**
 * The differences between servers. {@link dev.courant.stream.server.ServerTransport} is the write path of one stream, with
 * one class for each server; probes repair requests on Payara and GlassFish. Server classes are called by reflection,
 * since they are missing on other servers. Start reading with {@link dev.courant.stream.server.ServerTransport}.
 */
@NullMarked
package dev.courant.stream.server;

import org.jspecify.annotations.NullMarked;
