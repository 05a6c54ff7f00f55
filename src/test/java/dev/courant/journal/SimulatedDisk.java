package dev.courant.journal;

import dev.courant.journal.SimulatedFile.Survival;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * A disk in memory with the faults of real ones. The page cache outlives a killed process. A power cut loses writes that
 * were not synced, keeps some of their sectors, and loses directory entries that were not synced. Thread-safe.
 */
public final class SimulatedDisk implements Disk {

    private final Supplier<Random> random;
    private final Runnable onSync;
    private final Consumer<String> trace;
    private final Map<String, SimulatedFile> files = new TreeMap<>();
    private final Map<String, SimulatedFile> synced = new TreeMap<>();
    private long capacity = Long.MAX_VALUE / 2;
    private boolean reportsFreeBytes = true;
    private int writeFailures; // in percent
    private int syncFailures;

    /**
     * @param random the random numbers of the current step
     * @param onSync lets the time pass that a sync takes
     * @param trace receives a line for each change
     */
    public SimulatedDisk(Supplier<Random> random, Runnable onSync, Consumer<String> trace) {
        this.random = random;
        this.onSync = onSync;
        this.trace = trace;
    }

    /** Creates a disk with files that are durable. */
    SimulatedDisk(Map<String, byte[]> content, Random random) {
        this(() -> random, () -> {}, line -> {});
        replaceBy(content);
    }

    SimulatedDisk(Map<String, byte[]> content) {
        this(content, new Random(1));
    }

    // ---- faults ----

    /** Leaves only a number of free bytes. */
    public synchronized void fill(long free, boolean reported) {
        capacity = size() + free;
        reportsFreeBytes = reported;
    }

    public synchronized void free() {
        capacity = Long.MAX_VALUE / 2;
        reportsFreeBytes = true;
    }

    /** Lets some of the writes and syncs fail, in percent. */
    public synchronized void fail(int writes, int syncs) {
        writeFailures = writes;
        syncFailures = syncs;
    }

    public synchronized boolean isFaulty() {
        return writeFailures + syncFailures > 0 || capacity < Long.MAX_VALUE / 2;
    }

    /** Loses some of the data that is not synced, as if the computer lost power. */
    public void cutPower() {
        replaceBy(contentAfterPowerCut(Survival.any(random.get())));
    }

    /** Returns what the disk may contain after a power cut. */
    synchronized Map<String, byte[]> contentAfterPowerCut(Survival survival) {
        Map<String, byte[]> left = new TreeMap<>();
        Set<String> names = new TreeSet<>(files.keySet());
        names.addAll(synced.keySet());
        for (String name : names) {
            boolean current = survival == Survival.EVERYTHING
                    || survival != Survival.NOTHING && random.get().nextBoolean();
            SimulatedFile file = (current ? files : synced).get(name);
            if (file != null) {
                left.put(name, file.contentAfterPowerCut(survival));
            }
        }
        return left;
    }

    /** Ends the process: its files are closed, and the page cache stays. */
    public synchronized void kill() {
        Map<String, SimulatedFile> reopened = new TreeMap<>();
        Map<String, SimulatedFile> left = new TreeMap<>();
        files.forEach((name, file) -> left.put(name, reopened.computeIfAbsent(name, same -> file.copy())));
        synced.forEach((name, file) -> {
            if (files.get(name) != file) {
                reopened.put(name, file.copy());
            }
        });
        synced.replaceAll((name, file) -> reopened.get(name));
        files.clear();
        files.putAll(left);
    }

    /** Returns a copy of all files, as a snapshot of the file system contains them. */
    public synchronized Map<String, byte[]> copyFiles() {
        Map<String, byte[]> copy = new TreeMap<>();
        files.forEach((name, file) -> copy.put(name, file.content()));
        return copy;
    }

    /** Replaces all files, which are then durable. The marker of a clean stop is left out, as the documentation requires. */
    public void restore(Map<String, byte[]> copy) {
        Map<String, byte[]> left = new TreeMap<>(copy);
        left.remove(CleanStopMarker.NAME);
        replaceBy(left);
    }

    private void replaceBy(Map<String, byte[]> content) {
        files.clear();
        content.forEach((name, bytes) -> files.put(name, new SimulatedFile(this, name, bytes)));
        synced.clear();
        synced.putAll(files);
    }

    /** Sets the content of the same files to that of an earlier time, without an error. */
    synchronized void revertTo(Map<String, byte[]> earlier) {
        earlier.forEach((name, bytes) -> files.get(name).revertTo(bytes));
    }

    /** Lets all reads of a page of a file fail. */
    synchronized void makeUnreadable(String name, int page) {
        files.get(name).makeUnreadable(page);
    }

    /** Flips a bit of a file that is not the newest segment. Returns its name, or an empty string if there is none. */
    public String flipBit() {
        List<String> old = new ArrayList<>(files.keySet());
        old.stream()
                .filter(name -> name.endsWith(".log"))
                .reduce((one, other) -> other)
                .ifPresent(old::remove);
        old.removeIf(name -> files.get(name).size() == 0 || name.equals(CleanStopMarker.NAME));
        if (old.isEmpty()) {
            return "";
        }
        String name = old.get(random.get().nextInt(old.size()));
        files.get(name).flipBit(random.get());
        return name;
    }

    /** Returns the number of bytes in all files. */
    public synchronized long size() {
        return files.values().stream().mapToLong(SimulatedFile::size).sum();
    }

    // ---- for the files ----

    void trace(String line) {
        trace.accept(line);
    }

    Random random() {
        return random.get();
    }

    void checkWrite() throws IOException {
        if (writeFailures > 0 && random().nextInt(100) < writeFailures) {
            throw new IOException("Input/output error");
        }
    }

    void checkSync() throws IOException {
        onSync.run();
        if (syncFailures > 0 && random().nextInt(100) < syncFailures) {
            throw new IOException("Input/output error");
        }
    }

    long left() {
        return Math.max(0, capacity - size());
    }

    // ---- as the journal uses it ----

    @Override
    public synchronized List<String> list() {
        return List.copyOf(files.keySet());
    }

    @Override
    public synchronized DiskFile create(String name) throws IOException {
        checkWrite();
        trace("creates " + name);
        SimulatedFile file = new SimulatedFile(this, name, new byte[0]);
        files.put(name, file);
        return file.open();
    }

    @Override
    public synchronized DiskFile open(String name) throws IOException {
        SimulatedFile file = files.get(name);
        if (file == null) {
            throw new NoSuchFileException(name);
        }
        return file.open();
    }

    @Override
    public synchronized void delete(String name) throws IOException {
        if (files.containsKey(name)) {
            checkWrite();
            trace("deletes " + name);
            files.remove(name);
        }
    }

    @Override
    public synchronized void rename(String name, String newName) throws IOException {
        checkWrite();
        trace("renames " + name + " to " + newName);
        SimulatedFile file = files.remove(name);
        file.name = newName;
        files.put(newName, file);
    }

    @Override
    public synchronized void sync() throws IOException {
        checkSync();
        trace("syncs the directory");
        synced.clear();
        synced.putAll(files);
    }

    @Override
    public synchronized long freeBytes() {
        return reportsFreeBytes ? left() : Long.MAX_VALUE / 2;
    }

    @Override
    public void close() {}
}
