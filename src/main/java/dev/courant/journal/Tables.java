package dev.courant.journal;

import courant.shaded.h2.mvstore.MVMap;
import courant.shaded.h2.mvstore.MVStore;
import courant.shaded.h2.mvstore.type.ByteArrayDataType;
import courant.shaded.h2.mvstore.type.IntegerDataType;
import courant.shaded.h2.mvstore.type.LongDataType;
import courant.shaded.h2.mvstore.type.StringDataType;
import dev.courant.log.EpochHistory;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is in the file. One thread changes it, and commits what belongs together at once; any number read what stands
 * there already, committed or not.
 */
final class Tables {

    /** Of what is below: another number is another format. */
    static final long FORMAT = 1;

    private static final String FORMAT_KEY = "format";
    private static final String FLOOR = "floor";
    private static final String FORGOTTEN = "forgotten";
    private static final String BYTES = "bytes";
    private static final String TOUCHED = "touched";
    private static final String TOPICS = "topics";

    /** {@link StoredEvent}, by offset. */
    final MVMap<Long, byte[]> events;

    /** {@link TopicRow}, by name. */
    final MVMap<String, long[]> topics;

    /** How long the frame is, doubled, and one more if the event is restricted. */
    final MVMap<TopicOffset, Integer> places;

    /**
     * For each publisher's id: the offset of its first event, the number of its events, the flags of {@link
     * JournalContents}, and the offsets of later events that a reader may find.
     */
    final MVMap<String, long[]> ids;

    /** Of events that have a key, though they may be gone: when they were stored, the digest and the key, after spaces. */
    final MVMap<Long, String> keys;

    /** The name of each epoch, and a space, and the offset before its first; in order. */
    private final MVMap<Long, String> epochs;

    private final MVMap<String, Long> numbers;

    Tables(MVStore store) {
        events = store.openMap("events", types(LongDataType.INSTANCE, ByteArrayDataType.INSTANCE));
        topics = store.openMap("topics", types(StringDataType.INSTANCE, new NumberCodec()));
        places = store.openMap("places", types(new TopicOffset.Type(), IntegerDataType.INSTANCE));
        ids = store.openMap("ids", types(StringDataType.INSTANCE, new NumberCodec()));
        keys = store.openMap("keys", types(LongDataType.INSTANCE, StringDataType.INSTANCE));
        epochs = store.openMap("epochs", types(LongDataType.INSTANCE, StringDataType.INSTANCE));
        numbers = store.openMap("numbers", types(StringDataType.INSTANCE, LongDataType.INSTANCE));
    }

    private static <K, V> MVMap.Builder<K, V> types(
            courant.shaded.h2.mvstore.type.DataType<K> keys, courant.shaded.h2.mvstore.type.DataType<V> values) {
        MVMap.Builder<K, V> types = new MVMap.Builder<>();
        types.keyType(keys);
        types.valueType(values);
        return types;
    }

    /** Whether it can be read by what is written here; an empty one becomes so. */
    boolean isOurs() {
        if (numbers.isEmpty()) {
            numbers.put(FORMAT_KEY, FORMAT);
        }
        return number(FORMAT_KEY) == FORMAT;
    }

    /** The offset of the newest event, though it may be gone. */
    long head() {
        Long last = events.lastKey();
        return Math.max(last == null ? 0 : last, floor());
    }

    /** What was let go of came up to here. */
    long floor() {
        return number(FLOOR);
    }

    void setFloor(long floor) {
        numbers.put(FLOOR, floor);
    }

    /** What was let go of of topics of which nothing is left came up to here. */
    long forgotten() {
        return number(FORGOTTEN);
    }

    void setForgotten(long forgotten) {
        numbers.put(FORGOTTEN, forgotten);
    }

    /** Of all events together. */
    long bytes() {
        return number(BYTES);
    }

    void addBytes(long bytes) {
        numbers.put(BYTES, bytes() + bytes);
    }

    /** {@code null} before the first. */
    @Nullable
    EpochHistory epochs() {
        List<EpochHistory.Epoch> all = new ArrayList<>();
        for (String epoch : epochs.values()) {
            int space = epoch.indexOf(' ');
            all.add(new EpochHistory.Epoch(
                    epoch.substring(0, space), Long.parseLong(epoch, space + 1, epoch.length(), 10), 0));
        }
        return all.isEmpty() ? null : new EpochHistory(all);
    }

    void setEpochs(EpochHistory now) {
        epochs.clear();
        for (EpochHistory.Epoch epoch : now.epochs()) {
            epochs.put((long) epochs.size(), epoch.name() + ' ' + epoch.after());
        }
    }

    /** Something changes, so that there is something to commit. */
    void touch() {
        numbers.put(TOUCHED, number(TOUCHED) + 1);
    }

    /** What stands of a topic; {@code null} if nothing is left of it. */
    @Nullable
    TopicRow topic(String name) {
        long[] row = topics.get(name);
        return row == null ? null : new TopicRow(row[0], row[1]);
    }

    /** The same, made if there is none. */
    TopicRow newTopic(String name) {
        TopicRow row = topic(name);
        if (row == null) {
            row = new TopicRow(number(TOPICS) + 1, forgotten());
            numbers.put(TOPICS, row.number);
            put(name, row);
        }
        return row;
    }

    void put(String topic, TopicRow row) {
        topics.put(topic, new long[] {row.number, row.floor});
    }

    private long number(String key) {
        Long number = numbers.get(key);
        return number == null ? 0 : number;
    }

    /**
     * A topic.
     *
     * @param number of its places
     * @param floor what was let go of it came up to here
     */
    record TopicRow(long number, long floor) {}
}
