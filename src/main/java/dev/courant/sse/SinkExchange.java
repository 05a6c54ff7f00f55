package dev.courant.sse;

import dev.courant.stream.ResponseConnection;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import org.jspecify.annotations.Nullable;

/**
 * The request and response that the JAX-RS implementation sees if a resource takes a sink. They are those of the server
 * until the stream has a connection. Then JAX-RS writes nothing to the client, and its end of the request closes the
 * connection, which ends the server's request after the last bytes.
 */
final class SinkExchange {

    final HttpServletRequest request;
    final HttpServletResponse response;
    volatile @Nullable ResponseConnection connection; // set by the request thread

    SinkExchange(HttpServletRequest request, HttpServletResponse response) {
        this.request = new Request(request);
        this.response = new Response(response);
    }

    private AsyncContext wrap(AsyncContext context) {
        return (AsyncContext) Proxy.newProxyInstance(
                SinkExchange.class.getClassLoader(), new Class<?>[] {AsyncContext.class}, (self, method, arguments) -> {
                    ResponseConnection open = connection;
                    if (open != null && method.getName().equals("complete")) {
                        open.close();
                        return null;
                    }
                    try {
                        return method.invoke(context, arguments);
                    } catch (InvocationTargetException failed) {
                        throw failed.getTargetException();
                    }
                });
    }

    private final class Request extends HttpServletRequestWrapper {

        Request(HttpServletRequest request) {
            super(request);
        }

        @Override
        public AsyncContext startAsync() {
            return wrap(super.startAsync());
        }

        @Override
        public AsyncContext startAsync(ServletRequest request, ServletResponse response) {
            return wrap(super.startAsync(request, response));
        }

        @Override
        public AsyncContext getAsyncContext() {
            return wrap(super.getAsyncContext());
        }
    }

    private final class Response extends HttpServletResponseWrapper {

        Response(HttpServletResponse response) {
            super(response);
        }

        /** Ignores the media type of Jersey, which contains the parameters of the {@code Accept} header. */
        @Override
        public void addHeader(String name, String value) {
            if (connection == null || !name.equalsIgnoreCase("Content-Type")) {
                super.addHeader(name, value);
            }
        }

        @Override
        public ServletOutputStream getOutputStream() throws IOException {
            return connection == null ? super.getOutputStream() : new DiscardingOutput();
        }

        @Override
        public void flushBuffer() throws IOException {
            if (connection == null) {
                super.flushBuffer();
            }
        }
    }

    /** The output of a stream that the hub writes. It accepts the empty lines with which RESTEasy opens a stream. */
    private static final class DiscardingOutput extends ServletOutputStream {

        @Override
        public void write(int b) throws IOException {
            if (b != '\n') {
                throw new IOException("Only the hub writes to this sink. Broadcast the event, or publish it.");
            }
        }

        @Override
        public boolean isReady() {
            return true;
        }

        /** Calls the listener at once, for implementations that write by callback. */
        @Override
        public void setWriteListener(WriteListener listener) {
            try {
                listener.onWritePossible();
            } catch (IOException failed) {
                listener.onError(failed);
            }
        }
    }
}
