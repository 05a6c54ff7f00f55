/**
 * Access decisions and token verification. {@link dev.courant.auth.RequestAuthenticator} turns the token of a request into {@link dev.courant.auth.AccessRights}; {@link dev.courant.auth.AccessPolicy} decides.
 */
@NullMarked
package dev.courant.auth;

import org.jspecify.annotations.NullMarked;
