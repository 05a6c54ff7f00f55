/**
 * The offline checker: what was published against what each client received. Finds what was lost, delivered twice, out
 * of order, or never published at all. It knows nothing of the server and uses nothing but the JDK.
 */
@NullMarked
package dev.courant.check;

import org.jspecify.annotations.NullMarked;
