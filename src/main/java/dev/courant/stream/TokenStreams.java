package dev.courant.stream;

import dev.courant.auth.RevokedTokens;
import dev.courant.http.ProblemException;
import dev.courant.http.ResponseHeader;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The open streams of each token. A stream ends when its token expires or is revoked. Thread-safe. */
public final class TokenStreams {

    /**
     * A stream ends this long before its token expires. A dispatcher checks deadlines every 250 ms, so with a smaller
     * margin the stream could end after its token.
     */
    private static final Duration EXPIRY_MARGIN = Duration.ofMillis(500);

    private final RevokedTokens revoked;
    private final Clock clock;
    private final Map<String, Set<ResponseConnection>> byToken = new ConcurrentHashMap<>();

    public TokenStreams(RevokedTokens revoked, Clock clock) {
        this.revoked = revoked;
        this.clock = clock;
    }

    /**
     * Ends the stream when its token is revoked. Call this on the request thread, before the connection is subscribed.
     *
     * @param token the fingerprint of the token
     * @param expires the time at which the token expires, {@code null} if it does not
     * @return the maximum duration of the stream, which ends before its token expires; {@code null} for no limit
     */
    @Nullable
    Duration register(ResponseConnection connection, String token, @Nullable Instant expires) {
        byToken.compute(token, (key, open) -> add(connection, open));
        connection.runAtEnd(() -> byToken.computeIfPresent(token, (key, open) -> remove(connection, open)));
        if (revoked.contains(token)) {
            connection.close(); // the token was revoked before the stream was added
        }
        return expires == null
                ? null
                : Duration.between(clock.instant(), expires).minus(EXPIRY_MARGIN);
    }

    /**
     * Revokes a token until it expires, and ends all its streams.
     *
     * @throws ProblemException with status 503 if too many tokens are revoked
     */
    public void revoke(String token, @Nullable Instant expires) {
        if (!revoked.revoke(token, expires)) {
            throw new ProblemException(
                    503,
                    "Too many tokens are revoked. Try again after some of them have expired.",
                    ResponseHeader.retryAfter(60));
        }
        byToken.getOrDefault(token, Set.of()).forEach(ResponseConnection::close);
    }

    private static Set<ResponseConnection> add(ResponseConnection connection, @Nullable Set<ResponseConnection> open) {
        Set<ResponseConnection> streams = open == null ? ConcurrentHashMap.newKeySet(1) : open;
        streams.add(connection);
        return streams;
    }

    private static @Nullable Set<ResponseConnection> remove(
            ResponseConnection connection, Set<ResponseConnection> open) {
        open.remove(connection);
        return open.isEmpty() ? null : open;
    }
}
