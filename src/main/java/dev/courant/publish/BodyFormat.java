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

/** What the headers of a publication say of its body: how it is encoded, and in which charset. */
public final class BodyFormat {

    /** The charsets that every Java platform has. */
    private static final List<Charset> KNOWN =
            List.of(UTF_8, StandardCharsets.US_ASCII, ISO_8859_1, UTF_16, UTF_16LE, UTF_16BE);

    private static final Pattern CHARSET =
            Pattern.compile(";\\s*charset\\s*=\\s*\"?([^\\s;\"]*)", Pattern.CASE_INSENSITIVE);

    private BodyFormat() {}

    /**
     * Returns the charset of a body that is not compressed: UTF-8 if the request does not name one.
     *
     * @throws ProblemException if the body cannot be read as text
     */
    public static Charset of(HttpServletRequest request) {
        for (String codings : Collections.list(request.getHeaders("Content-Encoding"))) {
            if (!codings.isBlank() && !codings.strip().equalsIgnoreCase("identity")) {
                throw new ProblemException(
                        415,
                        "The body has the Content-Encoding " + codings + ". Send it without one.",
                        new ResponseHeader("Accept-Encoding", "identity"));
            }
        }
        String type = typeOf(request);
        Matcher charset = CHARSET.matcher(type == null ? "" : type);
        return charset.find() ? named(charset.group(1)) : UTF_8;
    }

    /** Returns the Content-Type as the client sent it, or {@code null}. */
    public static @Nullable String typeOf(HttpServletRequest request) {
        // Neither getContentType() nor getHeader(): there Payara names the charset that web.xml has for requests.
        Enumeration<String> types = request.getHeaders("Content-Type");
        return types.hasMoreElements() ? types.nextElement() : null;
    }

    private static Charset named(String name) {
        Optional<Charset> known = KNOWN.stream()
                .filter(charset -> charset.name().equalsIgnoreCase(name)
                        || charset.aliases().stream().anyMatch(name::equalsIgnoreCase))
                .findFirst();
        return known.orElseThrow(() -> new ProblemException(
                415,
                "The charset " + name + " is not known here. Send UTF-8; known are also "
                        + KNOWN.stream().skip(1).map(Charset::name).collect(Collectors.joining(", ")) + '.'));
    }

    /**
     * Returns the text of a body.
     *
     * @param most its maximum size in bytes of UTF-8
     * @throws ProblemException if it is empty, too large or not valid in its charset
     */
    public static String text(byte[] body, Charset charset, int most) {
        String text = new String(body, charset);
        if (text.isEmpty()) {
            throw new ProblemException(400, "An event has data: the body is empty.");
        }
        // Malformed bytes become U+FFFD, which a text may also have of its own.
        if (text.indexOf('\uFFFD') >= 0 && !isValid(body, charset)) {
            throw new ProblemException(400, "The body is not valid " + charset.name() + '.');
        }
        if (!charset.equals(UTF_8) && text.getBytes(UTF_8).length > most) {
            throw BodyReader.tooLarge(most);
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
