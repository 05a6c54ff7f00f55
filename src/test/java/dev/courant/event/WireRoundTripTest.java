package dev.courant.event;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.courant.event.EventStreamParser.Received;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WireRoundTripTest {

    private static final String[] PIECES = {
        "\n",
        "\r",
        "\r\n",
        "\n\n",
        ":",
        ": ",
        " ",
        "data: x",
        "id: 9",
        "event: y",
        "retry: 1",
        "é",
        "日",
        "\ud83d\ude00",
        "\0",
        "\u2028",
        "\u0085",
        "\ufeff",
        "{\"a\":1}",
        "plain"
    };

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void aClientGetsWhatWasPublished(long seed) {
        Random random = new Random(seed);
        ByteArrayOutputStream wire = new ByteArrayOutputStream();
        List<Received> published = new ArrayList<>();
        for (int n = 1; n <= 500; n++) {
            EventId id = new EventId("e", n);
            String type = random.nextBoolean() ? null : text(random).replaceAll("[\\x00-\\x1f\\x7f-\\x9f]", "") + 't';
            String data = text(random);
            wire.writeBytes(WireFormat.frame(id.toString(), WireFormat.body(new Event(new Topic("t"), type, data))));
            if (random.nextInt(5) == 0) {
                wire.writeBytes(WireFormat.heartbeat());
            }
            published.add(
                    new Received(id.toString(), type == null ? "message" : type, data.replaceAll("\r\n|\r", "\n")));
        }

        assertEquals(published, EventStreamParser.decode(wire.toByteArray()).events());
    }

    private static String text(Random random) {
        StringBuilder text = new StringBuilder();
        for (int pieces = random.nextInt(8); pieces > 0; pieces--) {
            text.append(PIECES[random.nextInt(PIECES.length)]);
        }
        return text.toString();
    }
}
