package dev.courant.auth;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadFactory;
import org.jspecify.annotations.Nullable;

/** The keys that tokens are verified with; a token chooses among them at the most. For use by any thread. */
public abstract sealed class VerificationKeys implements AutoCloseable permits FixedKeys, PublishedKeySet {

    VerificationKeys() {}

    /**
     * One key that does not change.
     *
     * @param key {@code courant.jwt.key}: an HMAC secret, or the PEM of a public key or certificate
     * @param algorithms {@code courant.jwt.algorithm}: empty for the one that is usual for the key
     * @throws IllegalArgumentException naming the setting and what is wrong with it, without its value
     */
    public static VerificationKeys of(String key, String algorithms) {
        return FixedKeys.of(key, SignatureAlgorithm.list(algorithms));
    }

    /**
     * Keys that are published as a JWK Set (RFC 7517), read again every few minutes by a thread of its own. Where they
     * cannot be had, those stay that were there last.
     *
     * @param location {@code courant.jwt.jwks}: a URL, or a file, which alone may hold secrets
     * @param algorithms {@code courant.jwt.algorithm}: empty for those that are usual for the keys
     * @throws IllegalArgumentException naming the setting and what is wrong with it
     */
    public static VerificationKeys jwks(String location, String algorithms, ThreadFactory threads) {
        Set<SignatureAlgorithm> listed = SignatureAlgorithm.list(algorithms);
        JwksSource source = JwksSource.of(location);
        if (source.isLocal()) {
            refuseUnusable(source, listed);
        }
        return PublishedKeySet.scheduled(source, listed, threads);
    }

    /** A file that cannot be used as the server starts is a wrong setting; one that is replaced later may recover. */
    private static void refuseUnusable(JwksSource file, Set<SignatureAlgorithm> listed) {
        String reason;
        try {
            JwksReader.read(file.read(), true, listed);
            return;
        } catch (UnusableJwksException unusable) {
            reason = String.valueOf(unusable.getMessage());
        } catch (NoSuchFileException missing) {
            reason = "it does not exist";
        } catch (AccessDeniedException denied) {
            reason = "it may not be read";
        } catch (IOException | RuntimeException unreadable) {
            // Its message may quote the file.
            reason = unreadable.getClass().getSimpleName();
        }
        throw new IllegalArgumentException(
                JwksSource.SETTING + " names the file " + file.name() + ", which cannot be used: " + reason);
    }

    /**
     * Those that could have signed a token with such a header.
     *
     * @throws KeysMissingException if there are none at all yet
     */
    abstract List<TrustedKey> fitting(SignatureAlgorithm algorithm, @Nullable String kid);

    /** Stops reading them again. */
    @Override
    public void close() {
        // Most have nothing to stop.
    }

    @Override
    public String toString() {
        return getClass().getSimpleName();
    }
}
