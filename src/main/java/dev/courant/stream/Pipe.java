package dev.courant.stream;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.WriteListener;

/**
 * What carries a stream to its client, below the standard's words. Some servers take bytes for a client that does not
 * read, megabytes of them, and keep these and the connection until they are sent, though the stream be complete. Where
 * the server can be reached, there is a way to know and to end that; elsewhere its own ways have to do.
 */
interface Pipe {

    /** Of a server that cannot be reached. */
    Pipe UNREACHABLE = new Pipe() {

        @Override
        public boolean isClear(WriteListener told) {
            return true;
        }

        @Override
        public void cut() {}
    };

    /**
     * Whether more should be written, when the server says that it is ready.
     *
     * @param told if not, is told once that it is
     */
    boolean isClear(WriteListener told);

    /** The way for a response's bytes: the server's output stream, or a shorter one. */
    default ServletOutputStream over(ServletOutputStream server) {
        return server;
    }

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
