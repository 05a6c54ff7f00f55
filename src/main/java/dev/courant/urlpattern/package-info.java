/**
 * The WHATWG URL parser and URL patterns that match in linear time. The package depends only on the JDK and RE2/J, so it can
 * become a library. Start with {@link dev.courant.urlpattern.WebUrl} and {@link dev.courant.urlpattern.UrlPattern}, which are
 * immutable; the classes that parse and compile them are not thread-safe.
 */
@NullMarked
package dev.courant.urlpattern;

import org.jspecify.annotations.NullMarked;
