package dev.courant.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class EventPayloadTest {

    private final EventPayload payload = new EventPayload("news");

    @Test
    void readsWhatItWrote() {
        byte[] bytes = written(500);
        assertTrue(payload.read(bytes, 3, bytes.length));
        assertEquals(1234, payload.sequence());
        assertEquals(987654321, payload.micros());
    }

    @Test
    void detectsEveryAlteredByte() {
        byte[] bytes = written(100);
        for (int i = 3; i < bytes.length; i++) {
            bytes[i]++;
            assertFalse(payload.read(bytes, 3, bytes.length), "byte " + i);
            bytes[i]--;
        }
    }

    @Test
    void detectsTruncation() {
        byte[] bytes = written(100);
        for (int end = 3; end < bytes.length; end++) {
            assertFalse(payload.read(bytes, 3, end), "cut at " + end);
        }
    }

    @Test
    void detectsAnotherTopic() {
        byte[] bytes = written(100);
        assertFalse(new EventPayload("new5").read(bytes, 3, bytes.length));
    }

    private byte[] written(int length) {
        byte[] bytes = new byte[3 + length];
        payload.write(bytes, 3, 1234, 987654321);
        return bytes;
    }
}
