package dev.courant.stream;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import org.jspecify.annotations.Nullable;

/** The response as the JAX-RS implementation sees it: the headers are the server's, the bytes are ours. */
final class StreamResponse extends HttpServletResponseWrapper {

    private final StagedOutput output;
    private @Nullable PrintWriter writer;

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
        if (writer == null) {
            writer = new PrintWriter(output, false, Charset.forName(getCharacterEncoding()));
        }
        return writer;
    }

    @Override
    public void flushBuffer() throws IOException {
        if (writer != null) {
            writer.flush();
        }
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
