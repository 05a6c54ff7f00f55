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

/** A builder of the paths and JSON documents of active subscriptions. Immutable. */
public final class SubscriptionDocuments {

    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    private final MercureProtocol protocol;
    private final String basePath;

    public SubscriptionDocuments(MercureProtocol protocol, HubAddress hub) {
        this.protocol = protocol;
        basePath = hub.path() + "/subscriptions";
    }

    @Nullable
    String eventType() {
        return protocol.eventType();
    }

    /**
     * Returns the path from the root of the host.
     *
     * @param segments the segments below {@code /subscriptions}, not percent-encoded
     */
    String toPath(List<String> segments) {
        return basePath
                + segments.stream()
                        .map(SubscriptionDocuments::encode)
                        .map(segment -> '/' + segment)
                        .collect(Collectors.joining());
    }

    TopicMatcher createExactMatcher(Topic topic) {
        return new TopicMatcher(protocol.exactMatcherType(), topic.name(), new ExactTopic(topic.name()));
    }

    String toPath(TopicMatcher matcher, String subscriber) {
        return toPath(Stream.concat(protocol.toPathSegments(matcher).stream(), Stream.of(subscriber))
                .toList());
    }

    JsonObjectBuilder describe(ActiveSubscription subscription, boolean active) {
        JsonObjectBuilder document = protocol.describeSubscription(
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

    JsonObject describeOne(ActiveSubscription subscription, String lastEventId) {
        JsonObjectBuilder document = describe(subscription, true);
        protocol.addLastEventId(document, lastEventId);
        return document.build();
    }

    /** @param next the path of the next page, {@code null} if this is the last page */
    JsonObject describePage(
            String path, List<ActiveSubscription> subscriptions, String lastEventId, @Nullable String next) {
        JsonArrayBuilder page = Json.createArrayBuilder();
        subscriptions.forEach(subscription -> page.add(describe(subscription, true)));
        JsonObjectBuilder document =
                protocol.describeSubscriptions(path, lastEventId).add("subscriptions", page);
        if (next != null) {
            document.add("next", next);
        }
        return document.build();
    }

    /** Percent-encodes all characters except the unreserved ones (RFC 6570, section 3.2.2). */
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
