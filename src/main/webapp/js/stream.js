// The connection as a state machine. It knows no DOM: the EventSource, the clock and the timers come from outside,
// so that a test can drive them.

import { Backoff } from './backoff.js';

/** Open, yet nothing heard for so long: a connection that died unnoticed, as when a laptop has slept. */
const STALL_MS = 30_000;

const CLOSED = 2; // EventSource.CLOSED

/** Heard in any case. */
const OWN_TYPES = ['', 'message', 'gap', 'open', 'error'];

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

  /** The id of the last event received: where the stream goes on after a reconnect. */
  lastId = '';
  opens = 0;
  /** What the server says against this stream, where it has been asked: an EventSource is not told. */
  refusal = '';
  state = { phase: 'closed', reason: null, attempt: 0, since: 0, lostAt: null, retryAt: null, heardAt: 0 };

  /**
   * The listener has `changed(state, before)`, `message(event)` and `gap(event)`.
   * @param steady whether something comes all the time, so that silence means that the connection is dead
   * @param types those that are heard as well as events without a type: an EventSource has to ask for each
   */
  constructor(url, listener, { steady, types }, world = browser) {
    this.#url = url;
    this.#listener = listener;
    this.steady = steady;
    this.#types = new Set(types);
    this.#world = world;
  }

  open() {
    if (this.state.phase !== 'closed') return;
    this.#become({ phase: 'connecting', reason: null, attempt: 0, lostAt: null });
    this.#connect();
  }

  close() {
    this.#disconnect();
    this.#become({ phase: 'closed', retryAt: null });
  }

  /** Leaves on purpose and comes back after a while, so that something is missed and replayed. */
  drop(awayMs) {
    this.#comeBack('dropped', awayMs);
  }

  reconnectNow() {
    if (this.state.phase === 'closed') return;
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

  /** To be called about once a second: EventSource does not tell that a stream has gone silent. */
  check() {
    const silent = this.#world.now() - this.state.heardAt > STALL_MS;
    if (this.steady && this.state.phase === 'live' && silent) this.#comeBack('silent', 0);
  }

  #connect() {
    const address = new URL(this.#url);
    // A new EventSource sends no Last-Event-ID, hence the query.
    if (this.lastId) address.searchParams.set('lastEventId', this.lastId);
    const source = this.#world.connect(address.href);
    this.#source = source;
    // A publisher may call a type `open` or `error`: what has data is no news of the connection.
    source.onopen = (event) => (event instanceof MessageEvent ? this.#heard('message', event) : this.#opened());
    source.onerror = (event) => (event instanceof MessageEvent ? this.#heard('message', event) : this.#failed());
    source.onmessage = (event) => this.#heard('message', event);
    source.addEventListener('gap', (event) => this.#heard('gap', event));
    this.#types.forEach((type) => this.#listen(type));
  }

  #listen(type) {
    this.#source?.addEventListener(type, (event) => this.#heard('message', event));
  }

  #opened() {
    this.opens += 1;
    this.#become({ phase: 'live', retryAt: null, heardAt: this.#world.now() });
  }

  /** Only what arrives ends an outage: a server that opens each stream and closes it at once is still failing. */
  #heard(kind, event) {
    this.#backoff.reset();
    this.lastId = event.lastEventId || this.lastId;
    this.state = { ...this.state, heardAt: this.#world.now(), attempt: 0, lostAt: null, reason: null };
    this.#listener[kind](event);
  }

  #failed() {
    // Closed: the browser has given up for good (HTML 9.2), and the page takes over. Else it tries again by itself.
    if (this.#source.readyState === CLOSED) this.#comeBack('refused', this.#backoff.next());
    else this.#lost('lost', null);
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
