package dev.courant.mercure;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.courant.event.Event;
import dev.courant.event.InvisibleCharacters;
import dev.courant.event.Topic;
import dev.courant.http.ProblemException;
import dev.courant.http.ResponseHeader;
import dev.courant.publish.BodyFormat;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.core.MediaType;
import java.nio.charset.Charset;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** An update as a publisher's form has it: the specification's section "Publication". */
final class UpdateForm {

    /** One event costs a place in the window of each of its topics. */
    private static final int MOST_TOPICS = 100;

    /** Besides the data. */
    private static final int MOST_OTHER_BYTES = 256 * 1024;

    private static final Pattern FORM = Pattern.compile(
            "\\s*" + Pattern.quote(MediaType.APPLICATION_FORM_URLENCODED) + "\\s*(;|$)", Pattern.CASE_INSENSITIVE);

    private UpdateForm() {}

    /** How large a body may be: each byte of data may take three, as {@code %E2}. */
    static int mostBytes(int dataBytes) {
        return (int) Math.min(Integer.MAX_VALUE - 8, 3L * dataBytes + MOST_OTHER_BYTES);
    }

    /**
     * Returns the charset of a form, in which its percent-encoded bytes are written too.
     *
     * @throws ProblemException if the request has no form, or one that cannot be read
     */
    static Charset charset(HttpServletRequest request) {
        String type = BodyFormat.findContentType(request);
        if (type != null && !FORM.matcher(type).lookingAt()) {
            throw new ProblemException(
                    415,
                    "The hub takes the media type " + MediaType.APPLICATION_FORM_URLENCODED + ", not " + type
                            + ". Send the fields topic and data as a form.",
                    new ResponseHeader("Accept", MediaType.APPLICATION_FORM_URLENCODED),
                    new ResponseHeader("Accept-Post", MediaType.APPLICATION_FORM_URLENCODED));
        }
        Charset charset = BodyFormat.parseCharset(request);
        if (charset.name().startsWith("UTF-16")) {
            throw new ProblemException(415, "A form is not written in " + charset.name() + ". Send it in UTF-8.");
        }
        return charset;
    }

    /** @throws ProblemException naming the field that is wrong */
    static Event read(byte[] body, Charset charset, int mostDataBytes) {
        try {
            MercureForm form = MercureForm.parse(body, charset);
            List<Topic> topics = topics(form);
            String data = form.first("data") == null ? "" : form.first("data");
            limit("data", data, mostDataBytes);
            // Its presence counts, "regardless of its value".
            boolean restricted = form.first("private") != null;
            return new Event(topics, restricted, id(form), type(form), retry(form), data);
        } catch (MercureForm.TooManyException tooMany) {
            throw new ProblemException(413, "This update cannot be published: " + tooMany.getMessage() + '.');
        } catch (IllegalArgumentException invalid) {
            throw new ProblemException(400, "This update cannot be published: " + invalid.getMessage() + '.');
        }
    }

    private static List<Topic> topics(MercureForm form) {
        List<String> names = form.all("topic");
        if (names.isEmpty()) {
            throw new IllegalArgumentException("it has no topic");
        }
        if (names.size() > MOST_TOPICS) {
            throw new ProblemException(413, "An update has " + MOST_TOPICS + " topics at the most.");
        }
        return names.stream()
                .map(name -> {
                    limit("topic", name, TopicMatcher.MAX_BYTES);
                    return new Topic(name);
                })
                .toList();
    }

    /** One that could not come back in a header everywhere is ignored, as a hub may, and the log's own is used. */
    private static @Nullable String id(MercureForm form) {
        String id = form.first("id");
        if (id == null || id.isEmpty()) {
            return null;
        }
        limit("id", id, TopicMatcher.MAX_BYTES);
        if (id.startsWith("#") || id.equals(Event.EARLIEST)) {
            throw new IllegalArgumentException("an id does not begin with # and is not " + Event.EARLIEST);
        }
        if (!isPlain(id)) {
            throw new IllegalArgumentException("an id has no control or formatting characters");
        }
        return Event.isHeaderSafe(id) ? id : null;
    }

    private static @Nullable String type(MercureForm form) {
        String type = form.first("type");
        if (type == null || type.isEmpty()) {
            return null;
        }
        limit("type", type, Event.MAX_LENGTH);
        if (!isPlain(type)) {
            throw new IllegalArgumentException("a type has no control or formatting characters");
        }
        return type;
    }

    private static @Nullable Duration retry(MercureForm form) {
        String retry = form.first("retry");
        if (retry == null || retry.isEmpty()) {
            return null;
        }
        if (!retry.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw new IllegalArgumentException("a retry time is of the digits 0 to 9 alone, in milliseconds");
        }
        // More digits than any time that an event may have.
        return retry.length() > 18 ? Event.MAX_RETRY.plusMillis(1) : Duration.ofMillis(Long.parseLong(retry));
    }

    private static void limit(String field, String value, int bytes) {
        if (value.length() > bytes || value.getBytes(UTF_8).length > bytes) {
            throw new ProblemException(413, "The field " + field + " has " + bytes + " bytes at the most.");
        }
    }

    private static boolean isPlain(String text) {
        return text.codePoints().noneMatch(InvisibleCharacters::isInvisible);
    }
}
