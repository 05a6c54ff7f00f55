// The connection as a state machine. It knows no DOM: the EventSource, the clock and the timers come from outside,
// so that a test can drive them.

import { Backoff } from './backoff.js';
import { readBeat } from './events.js';

/** Until the server has said how often its heartbeat comes. */
const FIRST_BEAT_MS = 15_000;
/** A page should notice a dead connection soon, and not take a busy second for one. */
const BEAT_MS = { least: 1_000, most: 60_000 };

const CLOSED = 2; // EventSource.CLOSED

/** Heard in any case. */
const OWN_TYPES = ['', 'message', 'gap', 'heartbeat', 'open', 'error'];

const browser = {
  connect: (address) => new EventSource(address),
  now: () => Date.now(),
  later: (action, ms) => setTimeout(action, ms),
  cancel: (timer) => clearTimeout(timer),
};

export class Stream {
  #url;
  #listener;
  #types;
  #world;
  #backoff = new Backoff();
  #source = null;
  #timer = null;
  #beatMs = FIRST_BEAT_MS;
  #answered = false; // by more than an empty stream, since it was opened
  #place; // where the stream goes on after a reconnect: a stream has an id before its first event

  /** The id of the last event received. */
  lastId = '';
  opens = 0;
  /** What the server says against this stream, where it has been asked: an EventSource is not told. */
  refusal = '';
  state = { phase: 'closed', reason: null, attempt: 0, since: 0, lostAt: null, retryAt: null, heardAt: 0, eventAt: 0 };

  /**
   * The listener has `changed(state, before)`, `message(event)` and `gap(event)`.
   * @param steady whether events come all the time, so that a pause is worth a word
   * @param from the id after which the stream starts, or `earliest`; none for what is new
   * @param types those that are heard as well as events without a type: an EventSource has to ask for each
   */
  constructor(url, listener, { steady, types, from = '' }, world = browser) {
    this.#url = url;
    this.#listener = listener;
    this.steady = steady;
    this.from = this.#place = from;
    this.#types = new Set(types);
    this.#world = world;
  }

  /** Says that other tabs have taken the connections that there are. */
  wait() {
    if (this.state.phase === 'closed') this.#become({ phase: 'waiting', reason: null });
  }

  /** Whether it takes one of the browser's connections, or will as soon as it can. */
  get holds() {
    return !['closed', 'waiting'].includes(this.state.phase);
  }

  open() {
    if (this.holds) return;
    this.#become({ phase: 'connecting', reason: null, attempt: 0, lostAt: null });
    this.#connect();
  }

  close() {
    this.#disconnect();
    this.#become({ phase: 'closed', retryAt: null });
  }

  /** Leaves on purpose and comes back after a while, so that something is missed and replayed. */
  drop(awayMs) {
    if (this.holds) this.#comeBack('dropped', awayMs);
  }

  reconnectNow() {
    if (!this.holds) return;
    this.#disconnect();
    this.#become({ retryAt: null });
    this.#connect();
  }

  /** Hears events of this type too, from now on. */
  hear(type) {
    if (OWN_TYPES.includes(type) || this.#types.has(type)) return;
    this.#types.add(type);
    this.#listen(type);
  }

  /** To be called about once a second. Two heartbeats are missing: the connection has died without saying so. */
  check() {
    const silent = this.#world.now() - this.state.heardAt > 2 * this.#beatMs;
    if (this.state.phase === 'live' && silent) this.#comeBack('silent', 0);
  }

  #connect() {
    const address = new URL(this.#url);
    // As events: an EventSource does not report the comments that heartbeats are otherwise.
    address.searchParams.set('heartbeat', 'event');
    // A new EventSource sends no Last-Event-ID, hence the query.
    if (this.#place) address.searchParams.set('lastEventId', this.#place);
    const source = this.#world.connect(address.href);
    this.#source = source;
    // A publisher may call a type `open` or `error`: what has data is no news of the connection.
    source.onopen = (event) => (event instanceof MessageEvent ? this.#heard('message', event) : this.#opened());
    source.onerror = (event) => (event instanceof MessageEvent ? this.#heard('message', event) : this.#failed());
    source.onmessage = (event) => this.#heard('message', event);
    source.addEventListener('gap', (event) => this.#heard('gap', event));
    source.addEventListener('heartbeat', (event) => this.#beat(event));
    this.#types.forEach((type) => this.#listen(type));
  }

  #listen(type) {
    this.#source?.addEventListener(type, (event) => this.#heard('message', event));
  }

  #opened() {
    this.opens += 1;
    this.#answered = false;
    const now = this.#world.now();
    this.#become({ phase: 'live', retryAt: null, heardAt: now, eventAt: this.state.eventAt && now });
  }

  #beat(event) {
    const period = readBeat(event.data);
    if (period === null) {
      this.#heard('message', event); // an event of a publisher that has this type
      return;
    }
    this.#answered = true;
    this.#place = event.lastEventId || this.#place;
    this.#beatMs = Math.min(BEAT_MS.most, Math.max(BEAT_MS.least, period));
    this.state = { ...this.state, heardAt: this.#world.now() };
  }

  /** Only what arrives ends an outage: a server that opens each stream and closes it at once is still failing. */
  #heard(kind, event) {
    this.#backoff.reset();
    this.#answered = true;
    this.lastId = this.#place = event.lastEventId || this.#place;
    const now = this.#world.now();
    this.state = { ...this.state, heardAt: now, eventAt: now, attempt: 0, lostAt: null, reason: null };
    this.#listener[kind](event);
  }

  #failed() {
    // Closed: the browser has given up for good (HTML 9.2), and the page takes over. Else it tries again by itself.
    if (this.#source.readyState === CLOSED) this.#comeBack('refused', this.#backoff.next());
    else this.#lost(this.state.phase === 'live' && !this.#answered ? 'full' : 'lost', null);
  }

  #comeBack(reason, delayMs) {
    this.#disconnect();
    this.#timer = this.#world.later(() => this.reconnectNow(), delayMs);
    this.#lost(reason, this.#world.now() + delayMs);
  }

  #lost(reason, retryAt) {
    const { attempt, lostAt } = this.state;
    this.#become({ phase: 'reconnecting', reason, attempt: attempt + 1, lostAt: lostAt ?? this.#world.now(), retryAt });
  }

  #disconnect() {
    this.#world.cancel(this.#timer);
    this.#source?.close(); // nothing is dispatched by a source once it is closed
    this.#source = null;
  }

  #become(change) {
    const before = this.state;
    const moved = change.phase && change.phase !== before.phase;
    this.state = { ...before, ...change, since: moved ? this.#world.now() : before.since };
    this.#listener.changed(this.state, before);
  }
}
