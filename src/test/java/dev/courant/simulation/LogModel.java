package dev.courant.simulation;

import static dev.courant.simulation.BrokenRuleException.require;

import dev.courant.event.EventFrame;
import dev.courant.event.EventId;
import dev.courant.event.RandomTopics;
import dev.courant.event.TopicSelection;
import dev.courant.log.IdempotencyKey;
import dev.courant.log.LogEntry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** All events that the log must know, in its order, as they were when they became visible. It evicts nothing. */
final class LogModel {

    /** @param id the id that clients receive: the publisher's, or the log's */
    record Entry(long offset, String id, Publication publication, int bytes, long storedAt) {

        boolean isSelectedBy(TopicSelection selection) {
            return RandomTopics.isSelected(selection, publication.event.topics(), publication.event.restricted());
        }
    }

    record Epoch(String name, long after) {}

    private final NavigableMap<Long, Entry> entries = new TreeMap<>();
    private final Map<String, Entry> byPublishedId = new HashMap<>();
    private final Map<String, Entry> lastOfKey = new HashMap<>();
    private final Map<String, Publication> everSeen = new HashMap<>(); // by id, also of lost events
    private final List<Epoch> epochs = new ArrayList<>();
    private boolean keysKnown = true;
    private boolean damaged;
    private long head;

    /** Discards all events: a new log begins. */
    void clear() {
        entries.clear();
        byPublishedId.clear();
        lastOfKey.clear();
        epochs.clear();
        head = 0;
    }

    /** Removes the events after an offset, which were lost. */
    void truncate(long newHead) {
        List.copyOf(entries.tailMap(newHead, false).values()).forEach(this::remove);
        head = newHead;
    }

    /** Removes an event that was lost. */
    void remove(Entry lost) {
        entries.remove(lost.offset);
        byPublishedId.remove(lost.id, lost);
        if (lost.publication.key != null) {
            lastOfKey.remove(lost.publication.key.key(), lost);
        }
    }

    /** The events and epochs of an earlier time. */
    record Snapshot(List<Entry> entries, List<Epoch> epochs, long head) {}

    Snapshot snapshot() {
        return new Snapshot(all(), List.copyOf(epochs), head);
    }

    /** Returns to an earlier time. Ids that were seen since must not be used again. */
    void restore(Snapshot snapshot) {
        clear();
        for (Entry entry : snapshot.entries) {
            entries.put(entry.offset, entry);
            if (entry.publication.event.id() != null) {
                byPublishedId.put(entry.id, entry);
            }
            if (entry.publication.key != null) {
                lastOfKey.put(entry.publication.key.key(), entry);
            }
        }
        epochs.addAll(snapshot.epochs);
        head = snapshot.head;
    }

    /** Raises the head, if the events between are lost. */
    void skipTo(long newHead) {
        head = Math.max(head, newHead);
    }

    /** Returns the name of the last epoch. */
    String epoch() {
        return epochs.get(epochs.size() - 1).name;
    }

    /** Records the epoch of the next events. */
    void beginEpoch(EventId idOfHead) {
        if (epochs.isEmpty() || !epochs.get(epochs.size() - 1).name.equals(idOfHead.epoch())) {
            require(
                    epochs.stream().noneMatch(epoch -> epoch.name.equals(idOfHead.epoch())),
                    Rule.NO_ID_TWICE,
                    "epoch %s begins twice",
                    idOfHead.epoch());
            epochs.add(new Epoch(idOfHead.epoch(), head));
        }
    }

    /** Adds an event that has become visible. */
    void add(LogEntry entry, EventId logId, Publication publication, int life, long now) {
        require(entry.offset() > head, Rule.ONE_ORDER, "%s after head %d", logId, head);
        EventFrame frame = EventFrame.read(entry.frame());
        String id = publication.event.id() == null ? logId.toString() : publication.event.id();
        require(
                frame.id().equals(id)
                        && frame.data().equals(publication.event.data())
                        && entry.topics().equals(publication.event.topics())
                        && entry.restricted() == publication.event.restricted(),
                Rule.RIGHT_EVENT,
                "%s is stored as %s",
                publication,
                frame);
        require(
                publication.refusedInLife != life || publication.inFlight > 0,
                Rule.REFUSED_IS_NOT_STORED,
                "%s as %s",
                publication,
                logId);
        noteId(logId.toString(), publication);
        noteId(id, publication);
        Entry added = new Entry(entry.offset(), id, publication, entry.frame().length, now);
        noteKey(added);
        entries.put(added.offset, added);
        if (publication.event.id() != null) {
            byPublishedId.put(id, added);
        }
        head = added.offset;
    }

    private void noteId(String id, Publication publication) {
        Publication before = everSeen.put(id, publication);
        require(
                before == null || before == publication,
                Rule.NO_ID_TWICE,
                "%s names %s and %s",
                id,
                before,
                publication);
    }

    /** Ignores keys from now on: the time of day has jumped, by which the log dates them. */
    void forgetKeys() {
        keysKnown = false;
    }

    /** Expects that the log may have lost ids and keys, because a bit of one of its files has flipped. */
    void markDamaged() {
        damaged = true;
        keysKnown = false;
    }

    boolean isDamaged() {
        return damaged;
    }

    boolean knowsKeys() {
        return keysKnown;
    }

    private void noteKey(Entry added) {
        if (added.publication.key == null || !keysKnown) {
            return;
        }
        Entry before = lastOfKey.put(added.publication.key.key(), added);
        require(
                before == null || added.storedAt - before.storedAt > IdempotencyKey.LIFETIME.toNanos(),
                Rule.ONE_EVENT_FOR_A_KEY,
                "%s and %s have one key",
                before,
                added);
    }

    long head() {
        return head;
    }

    @Nullable
    Entry get(long offset) {
        return entries.get(offset);
    }

    List<Entry> all() {
        return List.copyOf(entries.values());
    }

    /** Returns the events after an offset, up to another. */
    List<Entry> between(long after, long upTo) {
        return upTo <= after
                ? List.of()
                : List.copyOf(entries.subMap(after, false, upTo, true).values());
    }

    /** Returns the selected and readable events after an offset, up to another. */
    List<Entry> selected(TopicSelection selection, long after, long upTo) {
        return between(after, upTo).stream()
                .filter(entry -> entry.isSelectedBy(selection))
                .toList();
    }

    /** Returns the event with an id that a publisher chose. */
    @Nullable
    Entry findPublished(String id) {
        return byPublishedId.get(id);
    }

    /** Returns the offset of an id, or empty if the log must not know it. */
    OptionalLong find(String id) {
        EventId parsed = EventId.parse(id);
        if (parsed == null) {
            Entry entry = byPublishedId.get(id);
            return entry == null ? OptionalLong.empty() : OptionalLong.of(entry.offset);
        }
        for (int i = 0; i < epochs.size(); i++) {
            if (epochs.get(i).name.equals(parsed.epoch())) {
                return parsed.offset() >= epochs.get(i).after && parsed.offset() <= endOf(i)
                        ? OptionalLong.of(parsed.offset())
                        : OptionalLong.empty();
            }
        }
        // If the header of a segment is damaged, the journal names an epoch for its events that ends in x.
        return parsed.epoch().endsWith("x") && damaged ? OptionalLong.of(parsed.offset()) : OptionalLong.empty();
    }

    /** Returns the offset that a client with an unknown id may have seen: the end of the epoch of the id, or 0. */
    long endOfEpoch(String id) {
        EventId parsed = EventId.parse(id);
        for (int i = 0; parsed != null && i < epochs.size(); i++) {
            if (epochs.get(i).name.equals(parsed.epoch())) {
                return endOf(i);
            }
        }
        return 0;
    }

    private long endOf(int epoch) {
        return epoch + 1 < epochs.size() ? epochs.get(epoch + 1).after : head;
    }
}
