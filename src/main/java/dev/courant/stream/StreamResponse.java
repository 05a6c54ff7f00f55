package dev.courant.stream;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import org.jspecify.annotations.Nullable;

/** The response that the JAX-RS implementation sees. Headers go to the server, bytes to a {@link StagedOutput}. */
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
        super.setContentType(withoutParameters(type));
    }

    @Override
    public void setHeader(String name, String value) {
        super.setHeader(name, name.equalsIgnoreCase("Content-Type") ? withoutParameters(value) : value);
    }

    @Override
    public void addHeader(String name, String value) {
        super.addHeader(name, name.equalsIgnoreCase("Content-Type") ? withoutParameters(value) : value);
    }

    /** Removes parameters that the client has named in {@code Accept} from the media type of a stream. */
    private static String withoutParameters(String type) {
        boolean stream = type.regionMatches(true, 0, EVENT_STREAM, 0, EVENT_STREAM.length());
        return stream ? EVENT_STREAM : type;
    }
}
