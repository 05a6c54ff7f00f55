package dev.courant.simulation;

import static dev.courant.simulation.BrokenRuleException.require;

import dev.courant.event.EventId;
import dev.courant.event.EventStreamParser.Received;
import dev.courant.event.TopicSelection;
import dev.courant.log.EventLog;
import dev.courant.log.LogUnavailableException;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.StringReader;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Compares one stream with the model: its events are a contiguous part of the selection, or follow a gap event. */
final class DeliveryCheck {

    private static final long NO_POSITION = -1;

    private final LogModel model;
    private final EventLog log;
    private final TopicSelection selection;
    private final TopicSelection byNames;
    private final String requestedId;
    private final boolean fromEarliest;
    private final @Nullable RetainedEvents retained; // when the stream began; null for a new client
    private final long headAtStart;
    private LogModel.@Nullable Entry published; // the event that the requested id names, if a publisher chose the id
    private boolean mustKnowId;
    private boolean gapMustCome;
    private int gaps;
    private boolean eventSeen;
    private long position = NO_POSITION; // all selected events up to here were received or announced as missing
    private long announcedUpTo; // events up to here may be missing

    /**
     * Called before the client subscribes.
     *
     * @param requestedId the last event id, or an empty string
     * @throws LogUnavailableException if the log cannot be read now
     */
    DeliveryCheck(World world, EventLog log, TopicSelection selection, String requestedId) {
        this.model = world.model;
        this.log = log;
        this.selection = selection;
        byNames = LogContents.byNames(selection);
        this.requestedId = requestedId;
        fromEarliest = requestedId.equals("earliest");
        headAtStart = model.head();
        if (requestedId.isEmpty()) {
            retained = null;
            return;
        }
        OptionalLong known = fromEarliest ? OptionalLong.of(0) : model.find(requestedId);
        position = known.orElseGet(() -> model.endOfEpoch(requestedId));
        published = model.findPublished(requestedId);
        retained = new RetainedEvents(world, log, byNames, published == null ? position : 0);
        gapMustCome = known.isEmpty();
    }

    /** Called after the client has subscribed. The log may have evicted events in between. */
    void begin() {
        if (retained != null) {
            retained.compareAgain(position);
        }
        // Otherwise the log may know this id, or answer with a gap event and all events that it retains.
        mustKnowId = published == null
                || retained.contains(published.offset())
                        && isReadable(published)
                        && published.offset() > log.history().floor() % Long.MAX_VALUE;
    }

    private boolean isReadable(LogModel.Entry entry) {
        try {
            return !LogContents.read(log, byNames, entry.offset() - 1, entry.offset())
                    .isEmpty();
        } catch (LogUnavailableException closed) {
            return false;
        }
    }

    /** Checks an event of the stream, or a gap event. */
    void receive(Received event) {
        if (event.type().equals("gap")) {
            receiveGap(event);
            return;
        }
        require(!gapMustCome, Rule.NO_SILENT_GAP, "no gap event before %s, after %s", event, requestedId);
        require(position != NO_POSITION, Rule.NO_SILENT_GAP, "%s before the first id", event);
        long offset = model.find(event.id()).orElse(0);
        LogModel.Entry entry = model.get(offset);
        require(entry != null, Rule.RIGHT_EVENT, "%s is not in the log", event);
        require(
                entry.publication().event.data().equals(event.data()) && entry.isSelectedBy(selection),
                Rule.RIGHT_EVENT,
                "%s is not %s",
                event,
                entry);
        require(offset > position, Rule.NO_DUPLICATE, "%s after %d", event, position);
        if (!eventSeen && fromEarliest) {
            announcedUpTo = Math.max(announcedUpTo, model.head()); // the log need not announce earlier evictions
            retained.retainReadable();
        }
        eventSeen = true;
        checkMissing(offset - 1);
        position = offset;
    }

    private void receiveGap(Received event) {
        JsonObject gap = Json.createReader(new StringReader(event.data())).readObject();
        long resumed = offsetOf(gap.getString("resumed"));
        long completeAfter = offsetOf(gap.getString("completeAfter"));
        require(event.id().equals(gap.getString("resumed")), Rule.NO_SILENT_GAP, "%s has another id", event);
        require(completeAfter >= resumed, Rule.NO_SILENT_GAP, "%s is not a range", event);
        require(!eventSeen, Rule.NO_NEEDLESS_GAP, "%s after an event", event);
        require(retained != null, Rule.NO_NEEDLESS_GAP, "%s without a requested id", event);
        if (gaps++ > 0) {
            retained.compareAgain(position); // events were evicted since
        } else if ((!mustKnowId || model.isDamaged()) && resumed < position) {
            position = 0; // the log does not know the id
        }
        require(
                gapMustCome || !mustKnowId || retained.permitsGap(),
                Rule.NO_NEEDLESS_GAP,
                "%s although every event after %s is retained",
                event,
                requestedId);
        require(resumed >= position, Rule.NO_DUPLICATE, "%s resumes before %d", event, position);
        gapMustCome = false;
        announcedUpTo = Math.max(announcedUpTo, completeAfter);
        checkMissing(resumed);
        position = resumed;
    }

    private long offsetOf(String id) {
        OptionalLong offset = model.find(id);
        require(
                offset.isPresent() && EventId.parse(id) != null,
                Rule.NO_SILENT_GAP,
                "%s of a gap event is no position of the log",
                id);
        return offset.getAsLong();
    }

    /** Checks an id that came without an event: the client will resume after it. */
    void receiveId(String id) {
        if (id.equals("earliest") && fromEarliest) {
            return;
        }
        require(!gapMustCome, Rule.NO_SILENT_GAP, "id %s before the gap event", id);
        OptionalLong offset = model.find(id);
        require(offset.isPresent(), Rule.RIGHT_EVENT, "%s is no position of the log", id);
        if (position == NO_POSITION) {
            require(
                    offset.getAsLong() >= headAtStart,
                    Rule.NO_DUPLICATE,
                    "a new stream starts at %s, before the head %d",
                    id,
                    headAtStart);
        } else {
            require(offset.getAsLong() >= position, Rule.NO_DUPLICATE, "%s is before %d", id, position);
            checkMissing(offset.getAsLong());
        }
        position = offset.getAsLong();
    }

    /** Verifies that each selected event between the position and an offset may be missing. */
    private void checkMissing(long upTo) {
        for (LogModel.Entry missing : model.selected(selection, position, upTo)) {
            boolean announced = missing.offset() <= announcedUpTo;
            require(
                    announced || (fromEarliest && !eventSeen),
                    Rule.NO_SILENT_GAP,
                    "%s is missing after %d",
                    missing,
                    position);
            boolean readable =
                    retained.contains(missing.offset()) && !retained.exceedsReplayLimit(missing) && isReadable(missing);
            require(
                    !readable,
                    announced ? Rule.NO_NEEDLESS_GAP : Rule.NO_SILENT_GAP,
                    "%s is missing after %d, but it can be read",
                    missing,
                    position);
        }
    }

    /** Returns the selected events that the client has not received and that are not announced as missing. */
    List<LogModel.Entry> due() {
        if (position == NO_POSITION) {
            return List.of();
        }
        return model.selected(selection, Math.max(position, announcedUpTo), model.head()).stream()
                .filter(entry -> eventSeen || !fromEarliest || isReadable(entry))
                .toList();
    }

    boolean hasPosition() {
        return position != NO_POSITION && !gapMustCome;
    }
}
