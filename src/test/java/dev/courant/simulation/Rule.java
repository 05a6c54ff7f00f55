package dev.courant.simulation;

/** The rules that the simulation checks. A failure names one of them. */
enum Rule {
    /** An acknowledged event is in the log, also after each crash for which the setting promises it. */
    ACKNOWLEDGED_EVENT_IS_STORED,
    /** All readers see the events in one order. */
    ONE_ORDER,
    /** A subscriber receives each selected event once. */
    NO_DUPLICATE,
    /** A subscriber receives every selected event, or a gap event before the next one that announces it as missing. */
    NO_SILENT_GAP,
    /** A gap event is sent only if events are missing, and it announces no event that can be read. */
    NO_NEEDLESS_GAP,
    /** A subscriber receives only events that it selects and may read, with the published content. */
    RIGHT_EVENT,
    /** No id ever names two events. */
    NO_ID_TWICE,
    /** Publications with the same idempotency key are stored once. */
    ONE_EVENT_FOR_A_KEY,
    /** An event whose publication was refused does not appear while the process runs. */
    REFUSED_IS_NOT_STORED,
    /** Each publication is answered within bounded time. */
    PUBLICATION_IS_ANSWERED,
    /** A subscriber that reads receives an event at once, and catches up within bounded time after the faults end. */
    CATCHES_UP,
    /** The window, the connections and the disk stay within their bounds. */
    BOUNDED,
    /** A client that reads nothing is disconnected within the stall timeout. */
    STALLED_CLIENT_ENDS,
    /** The hub follows the contract of {@link dev.courant.hub.Connection}. */
    CONNECTION_CONTRACT,
    /** No unexpected exception is thrown, and no work repeats forever without time passing. */
    NO_INTERNAL_ERROR
}
