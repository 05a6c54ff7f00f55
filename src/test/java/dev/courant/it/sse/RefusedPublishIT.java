package dev.courant.it.sse;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.courant.support.HttpEventStream;
import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.Arrays;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests which publications and streams are refused because of their path, query, headers or body. */
class RefusedPublishIT extends PublishTestCase {

    @Test
    void rejectsIdsInTheFormatOfTheLog() throws Exception {
        String ours = post("sse/test/ours", "one").body();
        assertRejected(400, post("sse/test/ours?id=" + ours.replace("#", "%23"), "two"));
    }

    @ParameterizedTest
    @CsvSource({
        "test/%E2%80%8B, data, 400",
        "test/x?type=gap, data, 400",
        "test/x?type=a%0Ab, data, 400",
        "test/x?id=earliest, data, 400",
        "test/x?id=a%0Ab, data, 400",
        "test/x?retry=soon, data, 400",
        "test/x?retry=-1, data, 400",
        "test/x?retry=999999999999, data, 400",
        "test/x, '', 400",
        "other, data, 401",
        "numbers, data, 401"
    })
    void rejectsWithAProblemDocument(String path, String data, int status) throws Exception {
        assertRejected(status, post("sse/" + path, data));
    }

    /** Replacing invalid octets with U+FFFD would map different topics to the same one. */
    @ParameterizedTest
    @CsvSource({
        "POST, sse?topic=test/%E9",
        "POST, sse?topic=test/%E8",
        "POST, sse?topic=test/utf8&topic=test/%ED%A0%80",
        "POST, sse/test/utf8?type=%E9",
        "POST, sse/test/utf8?else=%E9",
        "POST, .well-known/mercure?else=%E9",
        "GET, sse?topic=test/%E9",
        "GET, sse?lastEventId=%E9",
        "GET, sse/test/utf8?%E9",
        "GET, .well-known/mercure?match=test/%E9",
        "GET, .well-known/mercure?match=test/utf8&last_event_id=%E9",
        "GET, ops/health/ready?else=%E9"
    })
    void rejectsAQueryThatIsNotUtf8(String method, String path) throws Exception {
        BodyPublisher body =
                method.equals("GET") ? BodyPublishers.noBody() : BodyPublishers.ofString("topic=test/utf8");
        HttpRequest request = HttpRequest.newBuilder(base.resolve(path))
                .timeout(HttpEventStream.DEADLINE)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .method(method, body)
                .build();
        assertRejected(400, client.send(request, HttpResponse.BodyHandlers.ofString()));
    }

    @Test
    @Tag("control-in-path")
    void rejectsAControlCharacterInATopic() throws Exception {
        assertRejected(400, post("sse/test/%0A", "data"));
    }

    @Test
    void rejectsBinaryAndLargeBodiesAlsoInChunks() throws Exception {
        byte[] large = new byte[(1 << 20) + 1];
        Arrays.fill(large, (byte) 'x');
        assertRejected(400, post("sse/test/x", BodyPublishers.ofByteArray(new byte[] {'a', (byte) 0xC3, '('})));
        assertRejected(413, post("sse/test/x", BodyPublishers.ofByteArray(large)));
        assertRejected(413, post("sse/test/x", BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(large))));
    }

    @ParameterizedTest
    @CsvSource({"sse/test/x, text/plain", ".well-known/mercure, application/x-www-form-urlencoded"})
    void rejectsUnsupportedContentTypes(String path, String type) throws Exception {
        String body = "topic=test/x&data=x";
        HttpResponse<String> compressed = post(path, body, "Content-Type", type, "Content-Encoding", "br");
        assertRejected(415, compressed);
        assertEquals(
                "identity", compressed.headers().firstValue("Accept-Encoding").orElse(""));
        assertRejected(415, post(path, body, "Content-Type", type + "; charset=utf-7"));
        assertEquals(
                2,
                post(path, body, "Content-Type", type, "Content-Encoding", "identity")
                                .statusCode()
                        / 100);
    }

    @ParameterizedTest
    @CsvSource({"sse/%E2%80%8B", "sse?topic=a&topic=*", "sse?topic="})
    void rejectsStreamsOfInvalidTopics(String path) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(base.resolve(path))
                .timeout(HttpEventStream.DEADLINE)
                .build();
        assertRejected(400, client.send(request, HttpResponse.BodyHandlers.ofString()));
    }
}
