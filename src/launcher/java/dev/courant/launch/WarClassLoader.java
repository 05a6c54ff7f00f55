package dev.courant.launch;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLConnection;
import java.net.URLStreamHandler;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * Loads classes of the application out of the WAR inside the jar, in memory. Libraries are unpacked when a class is not found
 * without them; that of Kafka, which is large, for its own classes alone.
 */
final class WarClassLoader extends ClassLoader {

    private static final String CLASSES = "WEB-INF/classes/";
    private static final String LIBRARIES = "WEB-INF/lib/";

    private static final String KAFKA = "kafka";

    private final Map<String, byte[]> files = new HashMap<>();
    private final Queue<byte[]> packed = new ArrayDeque<>();
    private final Queue<byte[]> packedKafka = new ArrayDeque<>();

    /**
     * Reads the WAR.
     *
     * @param shared libraries of the server that the application builds on
     */
    WarClassLoader(InputStream war, InputStream... shared) throws IOException {
        super(ClassLoader.getSystemClassLoader().getParent());
        try (ZipInputStream zip = new ZipInputStream(war)) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                String name = entry.getName();
                if (name.startsWith(CLASSES)) {
                    files.put(name.substring(CLASSES.length()), read(zip));
                } else if (name.startsWith(LIBRARIES) && name.endsWith(".jar")) {
                    (name.contains(KAFKA) ? packedKafka : packed).add(read(zip));
                }
            }
        }
        for (InputStream library : shared) {
            packed.add(read(library));
        }
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        byte[] file = find(name.replace('.', '/') + ".class");
        if (file == null) {
            throw new ClassNotFoundException(name);
        }
        return defineClass(name, file, 0, file.length);
    }

    @Override
    protected URL findResource(String name) {
        byte[] file = find(name);
        try {
            return file == null ? null : new URL(null, "courant:" + name, new InMemory(file));
        } catch (IOException malformed) {
            return null;
        }
    }

    @Override
    protected Enumeration<URL> findResources(String name) {
        URL one = findResource(name);
        return one == null ? Collections.<URL>emptyEnumeration() : Collections.enumeration(Collections.singleton(one));
    }

    private synchronized byte[] find(String name) {
        try {
            Queue<byte[]> libraries = name.contains(KAFKA) ? packedKafka : packed;
            while (!files.containsKey(name) && !libraries.isEmpty()) {
                unpack(libraries.remove());
            }
        } catch (IOException damaged) {
            return null;
        }
        return files.get(name);
    }

    private void unpack(byte[] library) throws IOException {
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(library))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                if (!entry.isDirectory() && !files.containsKey(entry.getName())) {
                    files.put(entry.getName(), read(zip));
                }
            }
        }
    }

    private static byte[] read(InputStream in) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        byte[] buffer = new byte[8192];
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
            out.write(buffer, 0, read);
        }
        return out.toByteArray();
    }

    /** Opens the bytes of one file, whatever the URL. */
    private static final class InMemory extends URLStreamHandler {

        private final byte[] file;

        InMemory(byte[] file) {
            this.file = file;
        }

        @Override
        protected URLConnection openConnection(URL url) {
            return new URLConnection(url) {
                @Override
                public void connect() {}

                @Override
                public InputStream getInputStream() {
                    return new ByteArrayInputStream(file);
                }
            };
        }
    }
}
