/**
 * The WHATWG URL parser and URL patterns, matched in linear time. This package depends on the JDK and RE2/J alone, so it can become a library.
 */
@NullMarked
package dev.courant.urlpattern;

import org.jspecify.annotations.NullMarked;
