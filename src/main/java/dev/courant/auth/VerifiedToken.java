package dev.courant.auth;

import jakarta.json.JsonObject;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The content of a valid token. */
record VerifiedToken(JsonObject claims, @Nullable Instant expires, String fingerprint) {

    /** Omits the claims, which may identify the user. */
    @Override
    public String toString() {
        return "VerifiedToken";
    }
}
