package dev.courant.auth;

import static dev.courant.settings.SettingCatalogue.JWT_JWKS;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The location of a JWK Set. */
interface JwksSource {

    /** The maximum size of a set. A set of a few keys has a few kilobytes. */
    int MAX_BYTES = 256 << 10;

    /** @throws IOException if the set cannot be read, or is larger than {@link #MAX_BYTES} */
    byte[] read() throws IOException;

    /** Returns whether the set is private, so that it may contain secrets. A private set can also be read quickly. */
    boolean isLocal();

    /** Returns the location for the log, without parts that may be secret. */
    String name();

    /** @throws IllegalArgumentException if the location is invalid. The message begins with the setting */
    static JwksSource of(String location) {
        String text = location.strip();
        URI uri;
        try {
            if (!text.matches("(?is)https?://.*")) {
                return new LocalJwks(text.startsWith("file:") ? Path.of(URI.create(text)) : Path.of(text));
            }
            uri = URI.create(text);
        } catch (IllegalArgumentException | FileSystemNotFoundException quotesLocation) {
            throw new IllegalArgumentException(JWT_JWKS + " has to be a URL or a file");
        }
        return new RemoteJwks(uri);
    }

    /** A file on this machine. */
    record LocalJwks(Path path) implements JwksSource {

        @Override
        public byte[] read() throws IOException {
            try (InputStream in = Files.newInputStream(path)) {
                byte[] bytes = in.readNBytes(MAX_BYTES + 1);
                if (bytes.length > MAX_BYTES) {
                    throw new UnusableJwksException("it is too large");
                }
                return bytes;
            }
        }

        @Override
        public boolean isLocal() {
            return true;
        }

        @Override
        public String name() {
            return path.toString();
        }
    }
}
