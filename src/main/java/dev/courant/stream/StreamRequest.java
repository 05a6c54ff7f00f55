package dev.courant.stream;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;

/** The request that the JAX-RS implementation sees. Its asynchronous context is a {@link StreamAsyncContext}. */
final class StreamRequest extends HttpServletRequestWrapper {

    private final ResponseConnection connection;

    StreamRequest(HttpServletRequest request, ResponseConnection connection) {
        super(request);
        this.connection = connection;
    }

    @Override
    public AsyncContext startAsync() {
        return new StreamAsyncContext(super.startAsync(), connection);
    }

    @Override
    public AsyncContext startAsync(ServletRequest request, ServletResponse response) {
        return new StreamAsyncContext(super.startAsync(request, response), connection);
    }

    @Override
    public AsyncContext getAsyncContext() {
        return new StreamAsyncContext(super.getAsyncContext(), connection);
    }
}
