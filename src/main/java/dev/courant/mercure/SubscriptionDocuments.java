package dev.courant.mercure;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.courant.event.Topic;
import dev.courant.topic.ExactTopic;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonReader;
import java.io.StringReader;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The addresses and documents of active subscriptions. Immutable. */
public final class SubscriptionDocuments {

    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    private final MercureProtocol dialect;
    private final String base;

    public SubscriptionDocuments(MercureProtocol dialect, HubAddress hub) {
        this.dialect = dialect;
        base = hub.path() + "/subscriptions";
    }

    @Nullable
    String eventType() {
        return dialect.eventType();
    }

    /** From the root of the host; the segments as they are meant. */
    String address(List<String> segments) {
        return base
                + segments.stream()
                        .map(SubscriptionDocuments::encode)
                        .map(segment -> '/' + segment)
                        .collect(Collectors.joining());
    }

    TopicMatcher exact(Topic topic) {
        return new TopicMatcher(dialect.exactType(), topic.name(), new ExactTopic(topic.name()));
    }

    String address(TopicMatcher matcher, String subscriber) {
        return address(Stream.concat(dialect.segments(matcher).stream(), Stream.of(subscriber))
                .toList());
    }

    JsonObjectBuilder of(ActiveSubscription subscription, boolean active) {
        JsonObjectBuilder document = dialect.subscription(
                subscription.topic().name(), subscription.matcher(), subscription.subscriber(), active);
        if (subscription.subject() != null) {
            document.add("sub", subscription.subject());
        }
        if (subscription.payload() != null) {
            try (JsonReader reader = Json.createReader(new StringReader(subscription.payload()))) {
                document.add("payload", reader.readValue());
            }
        }
        return document;
    }

    JsonObject alone(ActiveSubscription subscription, String lastEventId) {
        JsonObjectBuilder document = of(subscription, true);
        dialect.addLastEventId(document, lastEventId);
        return document.build();
    }

    /** @param next where the rest is, {@code null} if there is none */
    JsonObject collection(
            String address, List<ActiveSubscription> subscriptions, String lastEventId, @Nullable String next) {
        JsonArrayBuilder all = Json.createArrayBuilder();
        subscriptions.forEach(subscription -> all.add(of(subscription, true)));
        JsonObjectBuilder document = dialect.subscriptions(address, lastEventId).add("subscriptions", all);
        if (next != null) {
            document.add("next", next);
        }
        return document.build();
    }

    /** All but the unreserved characters, once (RFC 6570, section 3.2.2). */
    private static String encode(String segment) {
        StringBuilder encoded = new StringBuilder(segment.length() + 16);
        for (byte octet : segment.getBytes(UTF_8)) {
            char c = (char) (octet & 0xff);
            boolean unreserved = c < 0x80 && (Character.isLetterOrDigit(c) || "-._~".indexOf(c) >= 0);
            if (unreserved) {
                encoded.append(c);
            } else {
                encoded.append('%').append(HEX.toHexDigits(octet));
            }
        }
        return encoded.toString();
    }
}
