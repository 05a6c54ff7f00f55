package dev.courant.stream;

import dev.courant.auth.AccessRights;
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

/** The streams that are open under tokens: each ends when its token does, or when that is refused from now on. Any thread. */
public final class TokenStreams {

    /** A dispatcher looks at the time every quarter of a second; a stream is to end before its token, not after. */
    private static final Duration EARLY = Duration.ofMillis(500);

    private final RevokedTokens revoked;
    private final Clock clock;
    private final Map<String, Set<ResponseConnection>> byToken = new ConcurrentHashMap<>();

    public TokenStreams(RevokedTokens revoked, Clock clock) {
        this.revoked = revoked;
        this.clock = clock;
    }

    /** Before the connection is subscribed, on the request's thread. */
    public void enter(ResponseConnection connection, AccessRights access) {
        Instant expires = access.expires();
        if (expires != null) {
            connection.limit(Duration.between(clock.instant(), expires).minus(EARLY));
        }
        String token = access.fingerprint();
        if (token != null) {
            byToken.compute(token, (key, open) -> with(connection, open));
            connection.whenOver(() -> byToken.computeIfPresent(token, (key, open) -> without(connection, open)));
            if (revoked.contains(token)) {
                connection.close(); // refused meanwhile
            }
        }
    }

    /** Ends all streams under a token and refuses it until it expires. */
    public void refuse(String token, @Nullable Instant expires) {
        if (!revoked.revoke(token, expires)) {
            throw new ProblemException(
                    503, "Too many tokens are refused already, until they expire.", ResponseHeader.retryAfter(60));
        }
        byToken.getOrDefault(token, Set.of()).forEach(ResponseConnection::close);
    }

    private static Set<ResponseConnection> with(ResponseConnection one, @Nullable Set<ResponseConnection> open) {
        Set<ResponseConnection> more = open == null ? ConcurrentHashMap.newKeySet(1) : open;
        more.add(one);
        return more;
    }

    private static @Nullable Set<ResponseConnection> without(ResponseConnection one, Set<ResponseConnection> open) {
        open.remove(one);
        return open.isEmpty() ? null : open;
    }
}
