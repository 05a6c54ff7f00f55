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

    private static final String EVENT_STREAM = "text/event-stream";

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

    @Override
    public void setContentType(String type) {
        super.setContentType(exact(type));
    }

    @Override
    public void setHeader(String name, String value) {
        super.setHeader(name, name.equalsIgnoreCase("Content-Type") ? exact(value) : value);
    }

    @Override
    public void addHeader(String name, String value) {
        super.addHeader(name, name.equalsIgnoreCase("Content-Type") ? exact(value) : value);
    }

    /** A stream is of this type and no other, whatever parameters the client says that it would accept. */
    private static String exact(String type) {
        boolean stream = type.regionMatches(true, 0, EVENT_STREAM, 0, EVENT_STREAM.length());
        return stream ? EVENT_STREAM : type;
    }
}
