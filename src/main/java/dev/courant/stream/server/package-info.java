/**
 * The differences between servers, one class for each server behind {@link dev.courant.stream.ServerTransport}, and
 * probes that repair requests on Payara and GlassFish. Server classes are called by reflection, since they are missing
 * on other servers. Start reading with {@link dev.courant.stream.server.GrizzlyTransport}.
 */
@NullMarked
package dev.courant.stream.server;

import org.jspecify.annotations.NullMarked;
