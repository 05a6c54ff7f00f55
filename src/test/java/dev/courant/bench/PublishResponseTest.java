package dev.courant.bench;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PublishResponseTest {

    private final PublishResponse answer = new PublishResponse();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 201 Created\r\nContent-Length: 8\r\nX: y\r\n\r\n#e-12345",
                "HTTP/1.1 201 Created\r\nX: y\r\ncontent-length:8\r\n\r\n#e-12345",
                "HTTP/1.1 201 Created\r\nTransfer-Encoding: chunked\r\n\r\n8\r\n#e-12345\r\n0\r\n\r\n"
            })
    void isCompleteWithItsLastByteOnly(String text) {
        for (int i = 0; i < text.length() - 1; i++) {
            assertFalse(read(text.substring(i, i + 1)), "after " + i);
        }
        assertTrue(read(text.substring(text.length() - 1)));
        assertTrue(answer.isSuccess());
        assertFalse(answer.isLast());
        assertEquals(12345, answer.offset());
    }

    @Test
    void detectsFailuresAndTheEndOfAConnection() {
        assertTrue(read("HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"));
        assertFalse(answer.isSuccess());
        assertTrue(answer.isLast());
        assertEquals(-1, answer.offset());
        answer.clear();
        assertTrue(read("HTTP/1.1 201 Created\r\nContent-Length: 4\r\n\r\nmine"));
        assertTrue(answer.isSuccess());
        assertEquals(-1, answer.offset(), "a publisher's own id says nothing of the order");
    }

    private boolean read(String text) {
        return answer.read(ByteBuffer.wrap(text.getBytes(ISO_8859_1)));
    }
}
