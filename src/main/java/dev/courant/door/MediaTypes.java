package dev.courant.door;

import dev.courant.problem.ProblemException;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads how the body of a publication is encoded (RFC 9110, sections 8.3, 8.4 and 15.5.16). */
public final class MediaTypes {

    /** The charsets that every Java platform has; their bytes are converted to UTF-8. */
    private static final List<Charset> CHARSETS = List.of(
            StandardCharsets.UTF_8,
            StandardCharsets.US_ASCII,
            StandardCharsets.ISO_8859_1,
            StandardCharsets.UTF_16,
            StandardCharsets.UTF_16LE,
            StandardCharsets.UTF_16BE);

    private static final Pattern CHARSET =
            Pattern.compile(";\\s*charset\\s*=\\s*(?:\"([^\"]*)\"|([^;\\s]*))", Pattern.CASE_INSENSITIVE);

    private MediaTypes() {}

    /**
     * Returns the charset of a body, UTF-8 if the request names none.
     *
     * @throws ProblemException 415 if the body is compressed, or in a charset that is not converted
     */
    public static Charset charset(HttpServletRequest request) {
        String coding = request.getHeader("Content-Encoding");
        if (coding != null && !coding.isBlank() && !coding.strip().equalsIgnoreCase("identity")) {
            throw new ProblemException(
                    415,
                    "A body with Content-Encoding cannot be published. Send it uncompressed.",
                    Map.of("Accept-Encoding", "identity"));
        }
        String type = request.getContentType();
        Matcher matcher = CHARSET.matcher(type == null ? "" : type);
        if (!matcher.find()) {
            return StandardCharsets.UTF_8;
        }
        String name = matcher.group(1) == null ? matcher.group(2) : matcher.group(1);
        return CHARSETS.stream()
                .filter(charset -> charset.name().equalsIgnoreCase(name)
                        || charset.aliases().stream().anyMatch(name::equalsIgnoreCase))
                .findFirst()
                .orElseThrow(() -> new ProblemException(
                        415, "The charset in Content-Type is not one that is converted. Send the body in UTF-8."));
    }
}
