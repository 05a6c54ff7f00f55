package dev.courant.sse;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.courant.problem.ProblemException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;

/** The body of a publication: valid UTF-8, not empty, within the limit whether it is chunked or not. */
final class PublishedText {

    private PublishedText() {}

    /** @param most in bytes */
    static String read(InputStream body, int most) throws IOException {
        byte[] bytes = body.readNBytes(most + 1);
        if (bytes.length > most) {
            throw new ProblemException(
                    413, "The data of an event has " + most + " bytes at the most (courant.publish.max-bytes).");
        }
        if (bytes.length == 0) {
            throw new ProblemException(400, "An event has data: the body is empty.");
        }
        try {
            return UTF_8.newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException notText) {
            throw new ProblemException(400, "The body is not valid UTF-8.");
        }
    }
}
