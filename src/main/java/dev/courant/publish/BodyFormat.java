package dev.courant.publish;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.courant.http.ProblemException;
import dev.courant.http.ResponseHeader;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads the encoding and the charset of a body from the headers of its request, and decodes the body. */
public final class BodyFormat {

    /** The charsets that every Java platform supports. */
    private static final List<Charset> KNOWN =
            List.of(UTF_8, StandardCharsets.US_ASCII, ISO_8859_1, UTF_16, UTF_16LE, UTF_16BE);

    private static final Pattern CHARSET =
            Pattern.compile(";\\s*charset\\s*=\\s*\"?([^\\s;\"]*)", Pattern.CASE_INSENSITIVE);

    private BodyFormat() {}

    /**
     * Returns the charset of the body, by default UTF-8.
     *
     * @throws ProblemException 415 if the body is compressed or the charset is not supported
     */
    public static Charset parseCharset(HttpServletRequest request) {
        for (String codings : Collections.list(request.getHeaders("Content-Encoding"))) {
            if (!codings.isBlank() && !codings.strip().equalsIgnoreCase("identity")) {
                throw new ProblemException(
                        415,
                        "The Content-Encoding " + codings + " of the body is not supported. Send the body without one.",
                        new ResponseHeader("Accept-Encoding", "identity"));
            }
        }
        String type = findContentType(request);
        Matcher charset = CHARSET.matcher(type == null ? "" : type);
        return charset.find() ? findCharset(charset.group(1)) : UTF_8;
    }

    /** Returns the Content-Type as the client sent it, or {@code null} if there is none. */
    public static @Nullable String findContentType(HttpServletRequest request) {
        // Not getContentType() or getHeader(): Payara adds the default charset of web.xml to their result.
        Enumeration<String> types = request.getHeaders("Content-Type");
        return types.hasMoreElements() ? types.nextElement() : null;
    }

    private static Charset findCharset(String name) {
        Optional<Charset> known = KNOWN.stream()
                .filter(charset -> charset.name().equalsIgnoreCase(name)
                        || charset.aliases().stream().anyMatch(name::equalsIgnoreCase))
                .findFirst();
        return known.orElseThrow(() -> new ProblemException(
                415,
                "The charset '" + name + "' is not supported. Send UTF-8, or one of "
                        + KNOWN.stream().skip(1).map(Charset::name).collect(Collectors.joining(", ")) + '.'));
    }

    /**
     * Decodes a body.
     *
     * @param maxBytes the maximum size of the text in bytes of UTF-8
     * @throws ProblemException if the body is empty, too large or not valid in its charset
     */
    public static String decode(byte[] body, Charset charset, int maxBytes) {
        String text = new String(body, charset);
        if (text.isEmpty()) {
            throw new ProblemException(400, "The body is empty. Send the data of the event.");
        }
        // Malformed bytes become U+FFFD, which a valid text may also contain.
        if (text.indexOf('\uFFFD') >= 0 && !isValid(body, charset)) {
            throw new ProblemException(
                    400, "The body is not valid " + charset.name() + ". Name its charset in the Content-Type.");
        }
        if (!charset.equals(UTF_8) && text.getBytes(UTF_8).length > maxBytes) {
            throw BodyReader.tooLarge(maxBytes);
        }
        return text;
    }

    private static boolean isValid(byte[] body, Charset charset) {
        try {
            charset.newDecoder().decode(ByteBuffer.wrap(body));
            return true;
        } catch (CharacterCodingException malformed) {
            return false;
        }
    }
}
