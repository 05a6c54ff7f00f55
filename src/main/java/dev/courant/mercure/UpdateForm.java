package dev.courant.mercure;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.courant.event.Event;
import dev.courant.event.InvisibleCharacters;
import dev.courant.event.Topic;
import dev.courant.http.FormParameters;
import dev.courant.http.ProblemException;
import dev.courant.http.ResponseHeader;
import dev.courant.publish.BodyFormat;
import dev.courant.publish.RetryTime;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.core.MediaType;
import java.nio.charset.Charset;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A parser of the form in which a publisher sends an update (Mercure, "Publication"). */
final class UpdateForm {

    /** The maximum size of a form without its data. */
    private static final int MAX_OTHER_BYTES = 256 * 1024;

    private static final Pattern FORM = Pattern.compile(
            "\\s*" + Pattern.quote(MediaType.APPLICATION_FORM_URLENCODED) + "\\s*(;|$)", Pattern.CASE_INSENSITIVE);

    private UpdateForm() {}

    /**
     * Returns the maximum size of a body in bytes. A percent-encoded byte of data takes three bytes, for example
     * {@code %E2}.
     */
    static int maxBytes(int maxDataBytes) {
        return (int) Math.min(Integer.MAX_VALUE - 8, 3L * maxDataBytes + MAX_OTHER_BYTES);
    }

    /**
     * Returns the charset of a form, which is also the charset of its percent-encoded bytes.
     *
     * @throws ProblemException 415 if the body is not a form, or in a charset that is not supported
     */
    static Charset charset(HttpServletRequest request) {
        String type = BodyFormat.findContentType(request);
        if (type != null && !FORM.matcher(type).lookingAt()) {
            throw new ProblemException(
                    415,
                    "The media type " + type + " is not supported. Send the fields topic and data as "
                            + MediaType.APPLICATION_FORM_URLENCODED + '.',
                    new ResponseHeader("Accept", MediaType.APPLICATION_FORM_URLENCODED),
                    new ResponseHeader("Accept-Post", MediaType.APPLICATION_FORM_URLENCODED));
        }
        Charset charset = BodyFormat.parseCharset(request);
        if (charset.name().startsWith("UTF-16")) {
            throw new ProblemException(
                    415, "A form in the charset " + charset.name() + " is not supported. Send it in UTF-8.");
        }
        return charset;
    }

    /**
     * Parses an update.
     *
     * @throws ProblemException 400 or 413 with the name of the field, if the form is not a valid update
     */
    static Event read(byte[] body, Charset charset, int maxDataBytes) {
        try {
            FormParameters form = FormParameters.parse(body, charset);
            List<Topic> topics = readTopics(form);
            String data = form.getFirst("data") == null ? "" : form.getFirst("data");
            checkLength("data", data, maxDataBytes);
            // The presence of the field counts, "regardless of its value".
            boolean restricted = form.getFirst("private") != null;
            return new Event(topics, restricted, readId(form), readType(form), readRetry(form), data);
        } catch (FormParameters.TooManyParametersException tooMany) {
            throw new ProblemException(413, "This update cannot be published: " + tooMany.getMessage() + '.');
        } catch (IllegalArgumentException invalid) {
            throw new ProblemException(400, "This update cannot be published: " + invalid.getMessage() + '.');
        }
    }

    private static List<Topic> readTopics(FormParameters form) {
        List<String> names = form.getAll("topic");
        if (names.isEmpty()) {
            throw new IllegalArgumentException("the field topic is missing");
        }
        if (names.size() > Topic.MAX_PER_REQUEST) {
            throw new ProblemException(
                    413,
                    "The update has " + names.size() + " topics. At most " + Topic.MAX_PER_REQUEST + " are allowed.");
        }
        return names.stream()
                .map(name -> {
                    checkLength("topic", name, TopicMatcher.MAX_BYTES);
                    return new Topic(name);
                })
                .toList();
    }

    /**
     * Returns the id that the publisher chose for the update, {@code null} if the log assigns one. The log also
     * replaces an id that some servers reject in a header. The specification permits this.
     */
    private static @Nullable String readId(FormParameters form) {
        String id = form.getFirst("id");
        if (id == null || id.isEmpty()) {
            return null;
        }
        checkLength("id", id, TopicMatcher.MAX_BYTES);
        if (id.startsWith("#") || id.equals(Event.EARLIEST)) {
            throw new IllegalArgumentException(
                    "ids that begin with # and the id " + Event.EARLIEST + " are reserved for the hub");
        }
        if (!isPlain(id)) {
            throw new IllegalArgumentException("the id contains control or formatting characters");
        }
        return Event.isHeaderSafe(id) ? id : null;
    }

    private static @Nullable String readType(FormParameters form) {
        String type = form.getFirst("type");
        if (type == null || type.isEmpty()) {
            return null;
        }
        checkLength("type", type, Event.MAX_LENGTH);
        if (!isPlain(type)) {
            throw new IllegalArgumentException("the type contains control or formatting characters");
        }
        return type;
    }

    private static @Nullable Duration readRetry(FormParameters form) {
        String retry = form.getFirst("retry");
        return retry == null || retry.isEmpty() ? null : RetryTime.parse(retry);
    }

    private static void checkLength(String field, String value, int maxBytes) {
        if (value.length() > maxBytes || value.getBytes(UTF_8).length > maxBytes) {
            throw new ProblemException(413, "The field " + field + " is longer than " + maxBytes + " bytes.");
        }
    }

    private static boolean isPlain(String text) {
        return text.codePoints().noneMatch(InvisibleCharacters::isInvisible);
    }
}
