package dev.courant.sse;

import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.SseEvent;
import java.lang.reflect.Type;
import org.jspecify.annotations.Nullable;

/** An implementation of the outbound event of JAX-RS, used on every server instead of the server's own. */
record OutgoingEvent(
        @Nullable String id,
        @Nullable String name,
        @Nullable String comment,
        long reconnectDelay,
        MediaType mediaType,
        @Nullable Class<?> type,
        @Nullable Type genericType,
        @Nullable Object data)
        implements OutboundSseEvent {

    @Override
    public @Nullable String getId() {
        return id;
    }

    @Override
    public @Nullable String getName() {
        return name;
    }

    @Override
    public @Nullable String getComment() {
        return comment;
    }

    @Override
    public long getReconnectDelay() {
        return reconnectDelay;
    }

    @Override
    public boolean isReconnectDelaySet() {
        return reconnectDelay != SseEvent.RECONNECT_NOT_SET;
    }

    @Override
    public MediaType getMediaType() {
        return mediaType;
    }

    @Override
    public @Nullable Class<?> getType() {
        return type;
    }

    @Override
    public @Nullable Type getGenericType() {
        return genericType;
    }

    @Override
    public @Nullable Object getData() {
        return data;
    }
}
