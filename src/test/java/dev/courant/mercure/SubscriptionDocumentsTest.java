package dev.courant.mercure;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.courant.event.Topic;
import dev.courant.http.FormParameters;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SubscriptionDocumentsTest {

    private static final String SUBSCRIBER = "urn:uuid:bb3de268-05b0-4c65-b44e-8f9acefc29d6";
    private static final String ID =
            "/ctx/.well-known/mercure/subscriptions/urlpattern/https%3A%2F%2Fexample.com%2F%3Ax"
                    + "/urn%3Auuid%3Abb3de268-05b0-4c65-b44e-8f9acefc29d6";
    private static final String OLD_ID = "/ctx/.well-known/mercure/subscriptions/https%3A%2F%2Fexample.com%2F%7Bx%7D"
            + "/urn%3Auuid%3Abb3de268-05b0-4c65-b44e-8f9acefc29d6";

    @Test
    void describesSubscriptionsOfVersion1() {
        SubscriptionDocuments documents = new SubscriptionDocuments(TestProtocols.VERSION_1, TestProtocols.HUB);
        TopicMatcher matcher = TestProtocols.VERSION_1
                .parseMatchers(FormParameters.parseQuery("match_urlpattern=https://example.com/:x"))
                .get(0);
        ActiveSubscription subscription = subscription(documents, matcher, "alice", "{\"foo\":\"bar\"}");

        assertEquals(
                TestProtocols.parseJson("{'id':'" + ID + "','type':'subscription','match_type':'urlpattern',"
                        + "'match':'https://example.com/:x','subscriber':'" + SUBSCRIBER + "','active':true,"
                        + "'sub':'alice','payload':{'foo':'bar'}}"),
                documents.describeOne(subscription, "#e-1"));
        assertEquals(
                TestProtocols.parseJson(
                        "{'id':'/ctx/.well-known/mercure/subscriptions','type':'subscriptions','subscriptions':[],"
                                + "'next':'more'}"),
                documents.describePage(documents.toPath(List.of()), List.of(), "#e-1", "more"));
    }

    @Test
    void describesSubscriptionsOfVersion0() {
        SubscriptionDocuments documents = new SubscriptionDocuments(TestProtocols.VERSION_0, TestProtocols.HUB);
        TopicMatcher matcher = TestProtocols.VERSION_0
                .parseMatchers(FormParameters.parseQuery("topic=https://example.com/{x}"))
                .get(0);
        ActiveSubscription subscription = subscription(documents, matcher, null, null);

        assertEquals(
                TestProtocols.parseJson(
                        "{'@context':'https://mercure.rocks/','id':'" + OLD_ID + "','type':'Subscription',"
                                + "'topic':'https://example.com/{x}','subscriber':'" + SUBSCRIBER + "','active':true,"
                                + "'lastEventID':'#e-1'}"),
                documents.describeOne(subscription, "#e-1"));
        assertEquals(
                TestProtocols.parseJson(
                        "{'@context':'https://mercure.rocks/','id':'/ctx/.well-known/mercure/subscriptions',"
                                + "'type':'Subscriptions','lastEventID':'earliest','subscriptions':[]}"),
                documents.describePage(documents.toPath(List.of()), List.of(), "earliest", null));
    }

    @Test
    void percentEncodesSegmentsOnce() {
        SubscriptionDocuments documents = new SubscriptionDocuments(TestProtocols.VERSION_1, TestProtocols.HUB);
        assertEquals(
                "/ctx/.well-known/mercure/subscriptions/a-._~Z9/%25%2F%20%C3%A9%F0%9F%98%80",
                documents.toPath(List.of("a-._~Z9", "%/ \u00e9\ud83d\ude00")));
    }

    private static ActiveSubscription subscription(
            SubscriptionDocuments documents, TopicMatcher matcher, @Nullable String subject, @Nullable String payload) {
        Topic topic = new Topic(documents.toPath(matcher, SUBSCRIBER));
        return new ActiveSubscription("place", topic, matcher, SUBSCRIBER, subject, payload, null, null, () -> {});
    }
}
