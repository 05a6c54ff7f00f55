// Statistics on the received events.

const RATE_WINDOW_MS = 10_000;
const LATENCY_WINDOW = 30;
/** The maximum plausible delay. A longer one means that the clocks of the server and this device differ. */
const MAX_DELAY_MS = 10_000;

/** `<epoch>-<offset>`. Offsets do not always grow by one, so a jump is not a gap. */
const ID = /^([0-9a-z]+)-(\d+)$/i;

function parse(id) {
  const match = ID.exec(id);
  return match && { epoch: match[1], offset: Number(match[2]) };
}

export class StreamStatistics {
  #last = null;
  #arrivals = [];
  #delays = [];

  received = 0;
  gaps = 0;
  duplicates = 0;

  /** @returns {boolean} whether the event was not received before */
  recordEvent(id, now) {
    this.received += 1;
    this.#arrivals.push(now);
    const before = this.#last;
    const at = parse(id);
    if (at === null) return true;
    this.#last = at;
    if (before === null) return true;
    // The server's log has a new epoch, but the server sent no gap event.
    if (before.epoch !== at.epoch) this.gaps += 1;
    else if (at.offset <= before.offset) this.duplicates += 1;
    return before.epoch !== at.epoch || at.offset > before.offset;
  }

  /** Records a gap: the stream continues after this id instead of the requested one. */
  recordGap(id) {
    this.gaps += 1;
    this.#last = parse(id);
  }

  /** Returns the events per second in the last ten seconds, or since the first event if that is shorter. */
  rate(now) {
    while (this.#arrivals[0] <= now - RATE_WINDOW_MS) this.#arrivals.shift();
    const since = this.received > this.#arrivals.length ? RATE_WINDOW_MS : now - this.#arrivals[0] + 1_000;
    return (this.#arrivals.length * 1_000) / Math.min(RATE_WINDOW_MS, since || RATE_WINDOW_MS);
  }

  /** @param delay milliseconds from the event's timestamp to its arrival, by two clocks */
  recordDelay(delay) {
    this.#delays.push(delay);
    if (this.#delays.length > LATENCY_WINDOW) this.#delays.shift();
  }

  /** Returns the last delay. If the clocks differ, it is measured from the shortest delay. */
  latency() {
    if (this.#delays.length === 0) return null;
    const last = this.#delays.at(-1);
    const shortest = Math.min(...this.#delays);
    const skewed = shortest < 0 || shortest > MAX_DELAY_MS;
    return { ms: skewed ? last - shortest : last, skewed };
  }
}
