package dev.courant.door;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.courant.problem.ProblemException;
import jakarta.servlet.http.HttpServletRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;

/**
 * The body of a publication, within a limit whether it is chunked or not. Whoever sends it slowly keeps one of the server's
 * threads waiting, of which there are some hundreds for everyone; so only some of those may wait, and not for ever.
 */
public final class Body {

    static final int MOST_WAITING = 64;

    private static final Semaphore WAITING = new Semaphore(MOST_WAITING);
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration MOMENT = Duration.ofMillis(50);
    private static final int PIECE = 16 << 10;

    private Body() {}

    /**
     * Reads it whole.
     *
     * @param request whose body it is
     * @param most in bytes; of more, no more is read than shows it
     */
    public static byte[] read(HttpServletRequest request, InputStream body, int most) throws IOException {
        long length = request.getContentLengthLong();
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        byte[] piece = new byte[PIECE];
        long start = System.nanoTime();
        while (whole.size() <= most && whole.size() != length) {
            int here = Math.min(body.available(), PIECE);
            if (here > 0) {
                // Once: Undertow waits for the next byte even where none is asked for, as readNBytes does at its end.
                whole.write(piece, 0, Math.max(0, body.read(piece, 0, Math.min(here, most + 1 - whole.size()))));
            } else if (WAITING.tryAcquire()) { // at once: some servers see nothing until something is read
                try {
                    await(body, piece, whole, most);
                } finally {
                    WAITING.release();
                }
                break;
            } else if (System.nanoTime() - start < MOMENT.toNanos()) {
                // What is here in a moment takes no waiting: many clients send it right behind the headers.
                LockSupport.parkNanos(Duration.ofMillis(1).toNanos());
            } else {
                throw new ProblemException(
                        503, "Too many publications are being received just now.", Map.of("Retry-After", "10"));
            }
        }
        if (whole.size() > most) {
            throw tooLarge(most);
        }
        return whole.toByteArray();
    }

    private static void await(InputStream body, byte[] piece, ByteArrayOutputStream whole, int most)
            throws IOException {
        long start = System.nanoTime();
        int read = 0;
        while (read >= 0 && whole.size() <= most) {
            whole.write(piece, 0, read);
            if (System.nanoTime() - start > PATIENCE.toNanos()) {
                throw new ProblemException(
                        408, "What is published has to arrive within " + PATIENCE.toSeconds() + " seconds.");
            }
            read = body.read(piece, 0, Math.min(PIECE, Math.max(1, most + 1 - whole.size())));
        }
    }

    /**
     * Returns the body as text, converted from the charset of its media type.
     *
     * @throws ProblemException 400 if it is empty or not valid in that charset, 413 if it is too large, 415 if it is
     *     encoded in a way that cannot be read
     */
    public static String text(HttpServletRequest request, InputStream body, int most) throws IOException {
        Charset charset = MediaTypes.charset(request);
        byte[] bytes = read(request, body, most);
        if (bytes.length == 0) {
            throw new ProblemException(400, "An event has data: the body is empty.");
        }
        String text;
        try {
            text = charset.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException notText) {
            throw new ProblemException(400, "The body is not valid " + charset + '.');
        }
        if (!charset.equals(UTF_8) && text.getBytes(UTF_8).length > most) {
            throw tooLarge(most);
        }
        return text;
    }

    private static ProblemException tooLarge(int most) {
        return new ProblemException(
                413, "What is published has " + most + " bytes at the most (courant.publish.max-bytes).");
    }
}
