package dev.courant.auth;

import jakarta.json.JsonObject;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What a valid token says. */
record VerifiedToken(JsonObject claims, @Nullable Instant expires, String fingerprint) {

    @Override
    public String toString() {
        return "Verified";
    }
}
