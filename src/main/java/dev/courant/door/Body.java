package dev.courant.door;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.courant.problem.ProblemException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;

/** The body of a publication, within a limit whether it is chunked or not. */
public final class Body {

    private Body() {}

    /** @param most in bytes; of more, no more is read than shows it */
    public static byte[] read(InputStream body, int most) throws IOException {
        byte[] bytes = body.readNBytes(most + 1);
        if (bytes.length > most) {
            throw new ProblemException(
                    413, "What is published has " + most + " bytes at the most (courant.publish.max-bytes).");
        }
        return bytes;
    }

    /** The body as text: valid UTF-8, and not empty. */
    public static String text(InputStream body, int most) throws IOException {
        byte[] bytes = read(body, most);
        if (bytes.length == 0) {
            throw new ProblemException(400, "An event has data: the body is empty.");
        }
        try {
            return UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException notText) {
            throw new ProblemException(400, "The body is not valid UTF-8.");
        }
    }
}
