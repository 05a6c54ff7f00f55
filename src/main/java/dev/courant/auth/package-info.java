/**
 * Token verification and access decisions. All shared objects are immutable or thread-safe. Start reading at {@link
 * dev.courant.auth.AccessFilter}, which verifies the token of a request and stores its {@link
 * dev.courant.auth.AccessRights}, and at {@link dev.courant.auth.AccessPolicy}, which checks them.
 */
@NullMarked
package dev.courant.auth;

import org.jspecify.annotations.NullMarked;
