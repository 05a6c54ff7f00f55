package dev.courant.publish;

/** The decoder of {@code application/x-ndjson}. The data of an event is a line that is not blank. */
final class JsonLinesDecoder extends EventDecoder {

    JsonLinesDecoder(int maxBytes, Sink sink) {
        super(maxBytes, sink);
    }

    @Override
    void decodeLine(byte[] bytes, int from, int to) {
        String line = decodeText(bytes, from, to);
        if (!line.isBlank()) {
            sink.accept(null, line);
        }
    }

    /** {@inheritDoc} The last line needs no line end. */
    @Override
    boolean end() {
        endLastLine();
        return false;
    }
}
