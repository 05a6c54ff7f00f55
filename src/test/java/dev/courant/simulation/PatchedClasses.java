package dev.courant.simulation;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** A class loader with its own copy of all classes of the project, where one source is patched. */
final class PatchedClasses extends ClassLoader {

    private final Map<String, byte[]> patched;

    private PatchedClasses(Map<String, byte[]> patched) {
        super(PatchedClasses.class.getClassLoader());
        this.patched = patched;
    }

    /** Compiles the source with a bug. */
    static PatchedClasses of(PlantedBug bug) throws IOException {
        Path output = Files.createTempDirectory("planted");
        try {
            compile(bug, output);
            Map<String, byte[]> classes = new HashMap<>();
            for (Path file : filesIn(output)) {
                String name = output.relativize(file).toString().replace('/', '.');
                classes.put(name.substring(0, name.length() - ".class".length()), Files.readAllBytes(file));
            }
            return new PatchedClasses(classes);
        } finally {
            for (Path file : filesIn(output)) {
                Files.delete(file);
            }
        }
    }

    private static List<Path> filesIn(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(Files::isRegularFile).toList();
        }
    }

    private static void compile(PlantedBug bug, Path output) throws IOException {
        String source = bug.source();
        URI uri = URI.create("string:///" + bug.file().toString().replace('\\', '/'));
        JavaFileObject file = new SimpleJavaFileObject(uri, JavaFileObject.Kind.SOURCE) {

            @Override
            public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                return source;
            }
        };
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        List<String> options =
                List.of("--release", "17", "-nowarn", "-proc:none", "-parameters", "-d", output.toString());
        if (!compiler.getTask(null, null, null, options, null, List.of(file)).call()) {
            throw new IllegalStateException("The patch of " + bug + " does not compile.");
        }
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        synchronized (getClassLoadingLock(name)) {
            Class<?> loaded = findLoadedClass(name);
            if (loaded != null || !name.startsWith("dev.courant.")) {
                return loaded != null ? loaded : super.loadClass(name, resolve);
            }
            byte[] bytes = patched.get(name);
            return bytes == null ? copy(name) : defineClass(name, bytes, 0, bytes.length);
        }
    }

    private Class<?> copy(String name) throws ClassNotFoundException {
        URL original = getParent().getResource(name.replace('.', '/') + ".class");
        if (original == null) {
            throw new ClassNotFoundException(name);
        }
        try (InputStream in = original.openStream()) {
            byte[] bytes = in.readAllBytes();
            return defineClass(name, bytes, 0, bytes.length);
        } catch (IOException unreadable) {
            throw new ClassNotFoundException(name, unreadable);
        }
    }
}
