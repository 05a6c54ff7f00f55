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
 * A class loader that loads classes of the application from the WAR inside the jar, in memory. It unpacks libraries
 * only if a class is not found without them, and Kafka's large library only for Kafka's classes.
 */
final class WarClassLoader extends ClassLoader {

    private static final String CLASSES = "WEB-INF/classes/";
    private static final String LIBRARIES = "WEB-INF/lib/";

    private static final String KAFKA = "kafka";

    private final Map<String, byte[]> files = new HashMap<>();
    private final Queue<byte[]> libraries = new ArrayDeque<>();
    private final Queue<byte[]> kafkaLibraries = new ArrayDeque<>();

    /**
     * Reads the WAR.
     *
     * @param serverLibraries libraries of the server that the application needs
     */
    WarClassLoader(InputStream war, InputStream... serverLibraries) throws IOException {
        super(ClassLoader.getSystemClassLoader().getParent());
        try (ZipInputStream zip = new ZipInputStream(war)) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                String name = entry.getName();
                if (name.startsWith(CLASSES)) {
                    files.put(name.substring(CLASSES.length()), read(zip));
                } else if (name.startsWith(LIBRARIES) && name.endsWith(".jar")) {
                    (name.contains(KAFKA) ? kafkaLibraries : libraries).add(read(zip));
                }
            }
        }
        for (InputStream library : serverLibraries) {
            libraries.add(read(library));
        }
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        byte[] file = findFile(name.replace('.', '/') + ".class");
        if (file == null) {
            throw new ClassNotFoundException(name);
        }
        return defineClass(name, file, 0, file.length);
    }

    @Override
    protected URL findResource(String name) {
        byte[] file = findFile(name);
        try {
            return file == null ? null : new URL(null, "courant:" + name, new InMemoryHandler(file));
        } catch (IOException malformed) {
            return null;
        }
    }

    @Override
    protected Enumeration<URL> findResources(String name) {
        URL resource = findResource(name);
        return resource == null
                ? Collections.<URL>emptyEnumeration()
                : Collections.enumeration(Collections.singleton(resource));
    }

    private synchronized byte[] findFile(String name) {
        try {
            Queue<byte[]> packed = name.contains(KAFKA) ? kafkaLibraries : libraries;
            while (!files.containsKey(name) && !packed.isEmpty()) {
                unpack(packed.remove());
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

    /** A handler that returns the bytes of one file for any URL. */
    private static final class InMemoryHandler extends URLStreamHandler {

        private final byte[] file;

        InMemoryHandler(byte[] file) {
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
