/**
 * Which topics a word chooses: exact names, URL patterns, URI templates, and unions of them; and the WHATWG's URLs, in
 * which patterns, topics and the hub's own path are compared. Plain Java and RE2/J. What a client wrote is compiled to
 * a bounded program and matched in linear time; everything handed out is immutable.
 */
@NullMarked
package dev.courant.match;

import org.jspecify.annotations.NullMarked;
