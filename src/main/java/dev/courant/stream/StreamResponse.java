package dev.courant.stream;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.io.PrintWriter;

/** The response as the JAX-RS implementation sees it: the headers are the server's, the bytes are ours. */
final class StreamResponse extends HttpServletResponseWrapper {

    private final StagedOutput output;

    StreamResponse(HttpServletResponse response, ResponseConnection connection) {
        super(response);
        output = new StagedOutput(connection);
    }

    @Override
    public ServletOutputStream getOutputStream() {
        return output;
    }

    @Override
    public PrintWriter getWriter() {
        return new PrintWriter(output, false, UTF_8);
    }

    @Override
    public void flushBuffer() throws IOException {
        output.flush();
    }

    @Override
    public void resetBuffer() {
        super.resetBuffer();
        output.reset();
    }

    @Override
    public void reset() {
        super.reset();
        output.reset();
    }
}
