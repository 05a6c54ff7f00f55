package dev.courant.stream;

import jakarta.servlet.ServletRequest;

/**
 * What carries a stream to its client, below the standard's words. Some servers take bytes for a client that does not
 * read, megabytes of them, and keep these and the connection until they are sent, though the stream be complete. Where
 * the server can be reached, there is a way to end that; elsewhere its own ways have to do.
 */
@FunctionalInterface
interface Pipe {

    /** Of a server that cannot be reached. */
    Pipe UNREACHABLE = () -> {};

    /** Ends the connection now, whatever waits in it, so that the client notices and nothing of it is left. */
    void cut();

    /**
     * The one that a request came by. Little is to wait in it from now on, so that the server says early that the client
     * does not read: to be asked for before the first byte.
     */
    static Pipe under(ServletRequest request) {
        Pipe grizzly = GrizzlyPipe.under(request);
        return grizzly == null ? UNREACHABLE : grizzly;
    }
}
