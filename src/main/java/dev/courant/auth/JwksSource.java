package dev.courant.auth;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** Where a JWK Set comes from. */
interface JwksSource {

    String SETTING = "courant.jwt.jwks";

    /** Sets of some keys take a few kilobytes. */
    int MOST_BYTES = 256 << 10;

    Pattern URL = Pattern.compile("(?i)https?://.*");

    /** @throws IOException also if it is larger than {@link #MOST_BYTES} */
    byte[] read() throws IOException;

    /** Whether nobody else can read it, so that it may hold secrets; it is then also quick to read. */
    boolean isLocal();

    /** For the log: no part of an address that could be a secret. */
    String name();

    /** @throws IllegalArgumentException naming the setting */
    static JwksSource of(String location) {
        String text = location.strip();
        if (URL.matcher(text).matches()) {
            return new RemoteJwks(uri(text));
        }
        try {
            return new LocalJwks(text.startsWith("file:") ? Path.of(uri(text)) : Path.of(text));
        } catch (IllegalArgumentException | FileSystemNotFoundException elsewhere) {
            throw malformed();
        }
    }

    private static URI uri(String text) {
        try {
            return new URI(text);
        } catch (URISyntaxException quotingAll) {
            throw malformed();
        }
    }

    private static IllegalArgumentException malformed() {
        return new IllegalArgumentException(SETTING + " has to be a URL or a file");
    }

    static byte[] bounded(InputStream in) throws IOException {
        byte[] bytes = in.readNBytes(MOST_BYTES + 1);
        if (bytes.length > MOST_BYTES) {
            throw new UnusableJwksException("it is too large");
        }
        return bytes;
    }

    /** A file on this machine. */
    record LocalJwks(Path path) implements JwksSource {

        @Override
        public byte[] read() throws IOException {
            try (InputStream in = Files.newInputStream(path)) {
                return bounded(in);
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
