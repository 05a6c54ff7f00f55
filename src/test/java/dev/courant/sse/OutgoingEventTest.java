package dev.courant.sse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.ws.rs.core.GenericType;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.SseEvent;
import java.util.List;
import org.junit.jupiter.api.Test;

class OutgoingEventTest {

    private final OutboundSseEvent.Builder builder = new OutgoingEventBuilder();

    @Test
    void returnsTheValuesOfItsBuilder() {
        OutboundSseEvent event = builder.id("7")
                .name("price")
                .comment("no")
                .reconnectDelay(50)
                .mediaType(MediaType.APPLICATION_JSON_TYPE)
                .data(Number.class, 1)
                .build();

        assertEquals("7", event.getId());
        assertEquals("price", event.getName());
        assertEquals("no", event.getComment());
        assertTrue(event.isReconnectDelaySet());
        assertEquals(50, event.getReconnectDelay());
        assertEquals(MediaType.APPLICATION_JSON_TYPE, event.getMediaType());
        assertEquals(Number.class, event.getType());
        assertEquals(Number.class, event.getGenericType());
        assertEquals(1, event.getData());
    }

    @Test
    void isPlainTextByDefault() {
        OutboundSseEvent event = builder.data("x").build();

        assertNull(event.getId());
        assertNull(event.getName());
        assertNull(event.getComment());
        assertFalse(event.isReconnectDelaySet());
        assertEquals(SseEvent.RECONNECT_NOT_SET, event.getReconnectDelay());
        assertEquals(MediaType.TEXT_PLAIN_TYPE, event.getMediaType());
        assertEquals(String.class, event.getType());
    }

    @Test
    void hasAGenericType() {
        GenericType<List<String>> strings = new GenericType<>() {};
        OutboundSseEvent event = builder.data(strings, List.of("x")).build();

        assertEquals(List.class, event.getType());
        assertEquals(strings.getType(), event.getGenericType());
    }

    @Test
    void ignoresANegativeReconnectDelay() {
        assertFalse(builder.reconnectDelay(-5).data("x").build().isReconnectDelaySet());
        assertTrue(builder.reconnectDelay(0).build().isReconnectDelaySet());
    }

    @Test
    void requiresACommentOrData() {
        assertThrows(IllegalStateException.class, () -> builder.id("7").build());
        assertNull(builder.comment("alone").build().getData());
    }
}
