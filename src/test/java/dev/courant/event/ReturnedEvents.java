package dev.courant.event;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.courant.event.EventStreamParser.Received;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.util.List;

/** A check that compares the events of a parser with the expected ones, one by one. */
public final class ReturnedEvents {

    private final List<Received> due;
    private int count;

    public ReturnedEvents(List<Received> due) {
        this.due = due;
    }

    public void take(Received event) {
        assertEquals(count < due.size() ? due.get(count) : null, event, "event " + count);
        count++;
    }

    /** @param json events, each an array of id, type and data */
    public void takeAll(String json) {
        for (JsonValue value : Json.createReader(new StringReader(json)).readArray()) {
            JsonArray event = value.asJsonArray();
            take(new Received(event.getString(0), event.getString(1), event.getString(2)));
        }
    }

    public void end() {
        assertEquals(due.size(), count, "all of them");
    }
}
