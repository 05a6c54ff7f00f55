// The connection as a state machine. Does not use the DOM. The EventSource, the clock and the timers are parameters, so
// that a test can replace them.

import { Backoff } from './backoff.js';
import { parseHeartbeat } from './events.js';

/** The assumed interval of heartbeats until the first heartbeat names it. */
const DEFAULT_HEARTBEAT_MS = 15_000;
/** Bounds of the interval: a dead connection is detected soon, but a busy second does not count as one. */
const HEARTBEAT_MS = { min: 1_000, max: 60_000 };

const CLOSED = 2; // EventSource.CLOSED

/** Types that need no further listener. */
const HANDLED_TYPES = ['', 'message', 'gap', 'heartbeat', 'open', 'error'];

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
  #environment;
  #backoff = new Backoff();
  #source = null;
  #timer = null;
  #heartbeatMs = DEFAULT_HEARTBEAT_MS;
  #hasReceived = false; // whether an event or a heartbeat has arrived since the stream was opened
  #resumeId; // the id after which to resume; a stream has one before its first event

  /** The id of the last event received. */
  lastId = '';
  opens = 0;
  /** The reason why the server refuses this stream. An EventSource does not report it; a separate request finds it. */
  refusal = '';
  state = { phase: 'closed', reason: null, attempt: 0, since: 0, lostAt: null, retryAt: null, heardAt: 0, eventAt: 0 };

  /**
   * @param listener has `changed(state, before)`, `message(event)` and `gap(event)`
   * @param steady whether events arrive at a steady rate, so that the page reports a pause
   * @param from the id after which the stream starts, `earliest`, or an empty string for new events only
   * @param types the event types to receive besides events without a type; an EventSource needs a listener for each
   */
  constructor(url, listener, { steady, types, from = '' }, environment = browser) {
    this.#url = url;
    this.#listener = listener;
    this.steady = steady;
    this.from = this.#resumeId = from;
    this.#types = new Set(types);
    this.#environment = environment;
  }

  /** Reports that other tabs use all connections of the browser to this server. */
  wait() {
    if (this.state.phase === 'closed') this.#setState({ phase: 'waiting', reason: null });
  }

  /** Returns whether the stream uses one of the browser's connections, or tries to. */
  get isActive() {
    return !['closed', 'waiting'].includes(this.state.phase);
  }

  open() {
    if (this.isActive) return;
    this.#setState({ phase: 'connecting', reason: null, attempt: 0, lostAt: null });
    this.#connect();
  }

  close() {
    this.#disconnect();
    this.#setState({ phase: 'closed', retryAt: null });
  }

  /** Drops the connection for a while, to demonstrate that the server replays the missed events. */
  drop(outageMs) {
    if (this.isActive) this.#scheduleReconnect('dropped', outageMs);
  }

  reconnectNow() {
    if (!this.isActive) return;
    this.#disconnect();
    this.#setState({ retryAt: null });
    this.#connect();
  }

  /** Receives events of this type from now on. */
  listenTo(type) {
    if (HANDLED_TYPES.includes(type) || this.#types.has(type)) return;
    this.#types.add(type);
    this.#addListener(type);
  }

  /** Reconnects if two heartbeats are missing: the connection is dead. Must be called about once per second. */
  check() {
    const silent = this.#environment.now() - this.state.heardAt > 2 * this.#heartbeatMs;
    if (this.state.phase === 'live' && silent) this.#scheduleReconnect('silent', 0);
  }

  #connect() {
    const address = new URL(this.#url);
    // By default heartbeats are comments, which an EventSource does not report.
    address.searchParams.set('heartbeat', 'event');
    // A new EventSource sends no Last-Event-ID, hence the query.
    if (this.#resumeId) address.searchParams.set('lastEventId', this.#resumeId);
    const source = this.#environment.connect(address.href);
    this.#source = source;
    // A publisher may use the types `open` and `error`. Only events without data concern the connection.
    source.onopen = (event) => (event instanceof MessageEvent ? this.#received('message', event) : this.#opened());
    source.onerror = (event) => (event instanceof MessageEvent ? this.#received('message', event) : this.#failed());
    source.onmessage = (event) => this.#received('message', event);
    source.addEventListener('gap', (event) => this.#received('gap', event));
    source.addEventListener('heartbeat', (event) => this.#heartbeat(event));
    this.#types.forEach((type) => this.#addListener(type));
  }

  #addListener(type) {
    this.#source?.addEventListener(type, (event) => this.#received('message', event));
  }

  #opened() {
    this.opens += 1;
    this.#hasReceived = false;
    const now = this.#environment.now();
    this.#setState({ phase: 'live', retryAt: null, heardAt: now, eventAt: this.state.eventAt && now });
  }

  #heartbeat(event) {
    const interval = parseHeartbeat(event.data);
    if (interval === null) {
      this.#received('message', event); // an event of a publisher with this type
      return;
    }
    this.#hasReceived = true;
    this.#resumeId = event.lastEventId || this.#resumeId;
    this.#heartbeatMs = Math.min(HEARTBEAT_MS.max, Math.max(HEARTBEAT_MS.min, interval));
    this.state = { ...this.state, heardAt: this.#environment.now() };
  }

  /** Handles an event. Only an event ends an outage: a failing server may open each stream and close it at once. */
  #received(kind, event) {
    this.#backoff.reset();
    this.#hasReceived = true;
    this.lastId = this.#resumeId = event.lastEventId || this.#resumeId;
    const now = this.#environment.now();
    this.state = { ...this.state, heardAt: now, eventAt: now, attempt: 0, lostAt: null, reason: null };
    this.#listener[kind](event);
  }

  #failed() {
    // After CLOSED only the page can reconnect (HTML, section 9.2). Otherwise the browser does.
    if (this.#source.readyState === CLOSED) this.#scheduleReconnect('refused', this.#backoff.next());
    else this.#lost(this.state.phase === 'live' && !this.#hasReceived ? 'full' : 'lost', null);
  }

  #scheduleReconnect(reason, delayMs) {
    this.#disconnect();
    this.#timer = this.#environment.later(() => this.reconnectNow(), delayMs);
    this.#lost(reason, this.#environment.now() + delayMs);
  }

  #lost(reason, retryAt) {
    const { attempt, lostAt } = this.state;
    const outageStart = lostAt ?? this.#environment.now();
    this.#setState({ phase: 'reconnecting', reason, attempt: attempt + 1, lostAt: outageStart, retryAt });
  }

  #disconnect() {
    this.#environment.cancel(this.#timer);
    this.#source?.close(); // a closed source dispatches no events
    this.#source = null;
  }

  #setState(change) {
    const before = this.state;
    const moved = change.phase && change.phase !== before.phase;
    this.state = { ...before, ...change, since: moved ? this.#environment.now() : before.since };
    this.#listener.changed(this.state, before);
  }
}
