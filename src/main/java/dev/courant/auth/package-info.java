/**
 * Token verification and access decisions, thread-safe. {@link dev.courant.auth.AccessFilter} verifies the token of a
 * request and stores its {@link dev.courant.auth.AccessRights}; {@link dev.courant.auth.AccessPolicy} checks them.
 */
@NullMarked
package dev.courant.auth;

import org.jspecify.annotations.NullMarked;
