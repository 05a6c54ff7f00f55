package dev.courant.sse;

import jakarta.ws.rs.core.GenericType;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.SseEvent;
import java.lang.reflect.Type;
import org.jspecify.annotations.Nullable;

/** A builder of {@link OutgoingEvent}. Not thread-safe. */
final class OutgoingEventBuilder implements OutboundSseEvent.Builder {

    private @Nullable String id;
    private @Nullable String name;
    private @Nullable String comment;
    private long reconnectDelay = SseEvent.RECONNECT_NOT_SET;
    private MediaType mediaType = MediaType.TEXT_PLAIN_TYPE;
    private @Nullable Class<?> type;
    private @Nullable Type genericType;
    private @Nullable Object data;

    @Override
    public OutboundSseEvent.Builder id(String given) {
        id = given;
        return this;
    }

    @Override
    public OutboundSseEvent.Builder name(String given) {
        name = given;
        return this;
    }

    @Override
    public OutboundSseEvent.Builder reconnectDelay(long milliseconds) {
        reconnectDelay = milliseconds < 0 ? SseEvent.RECONNECT_NOT_SET : milliseconds;
        return this;
    }

    @Override
    public OutboundSseEvent.Builder mediaType(MediaType given) {
        mediaType = given;
        return this;
    }

    @Override
    public OutboundSseEvent.Builder comment(String given) {
        comment = given;
        return this;
    }

    @Override
    @SuppressWarnings("rawtypes") // the signature in the standard
    public OutboundSseEvent.Builder data(Class given, Object value) {
        return data(value, given, given);
    }

    @Override
    @SuppressWarnings("rawtypes") // the signature in the standard
    public OutboundSseEvent.Builder data(GenericType given, Object value) {
        return data(value, given.getRawType(), given.getType());
    }

    @Override
    public OutboundSseEvent.Builder data(Object value) {
        return data(value, value.getClass(), value.getClass());
    }

    private OutboundSseEvent.Builder data(Object value, Class<?> raw, Type generic) {
        data = value;
        type = raw;
        genericType = generic;
        return this;
    }

    /** @throws IllegalStateException if the event has neither a comment nor data, as JAX-RS requires */
    @Override
    public OutboundSseEvent build() {
        if (comment == null && data == null) {
            throw new IllegalStateException("The event has neither a comment nor data");
        }
        return new OutgoingEvent(id, name, comment, reconnectDelay, mediaType, type, genericType, data);
    }
}
