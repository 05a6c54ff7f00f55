// What has arrived, in figures.

const RATE_WINDOW_MS = 10_000;
const LATENCY_WINDOW = 30;
/** No stream is this late on average: beyond it, it is the two clocks that differ. */
const BELIEVABLE_MS = 10_000;

/** `<epoch>-<offset>`; offsets grow, but not always by one, so that a jump is no gap. */
const ID = /^([0-9a-z]+)-(\d+)$/i;

function parse(id) {
  const match = ID.exec(id);
  return match && { epoch: match[1], offset: Number(match[2]) };
}

export class Ledger {
  #last = null;
  #arrivals = [];
  #delays = [];

  received = 0;
  gaps = 0;
  duplicates = 0;

  /** @returns {boolean} whether it is new, not one that came already */
  arrived(id, now) {
    this.received += 1;
    this.#arrivals.push(now);
    const before = this.#last;
    const at = parse(id);
    if (at === null) return true;
    this.#last = at;
    if (before === null) return true;
    // Another life of the server's log, and the server has not said so.
    if (before.epoch !== at.epoch) this.gaps += 1;
    else if (at.offset <= before.offset) this.duplicates += 1;
    return before.epoch !== at.epoch || at.offset > before.offset;
  }

  /** The server says that it could not go on where the page had stopped, and where it goes on instead. */
  skippedTo(id) {
    this.gaps += 1;
    this.#last = parse(id);
  }

  /** Events a second over the last ten seconds, or over the time since the first one when that is shorter. */
  rate(now) {
    while (this.#arrivals[0] <= now - RATE_WINDOW_MS) this.#arrivals.shift();
    const since = this.received > this.#arrivals.length ? RATE_WINDOW_MS : now - this.#arrivals[0] + 1_000;
    return (this.#arrivals.length * 1_000) / Math.min(RATE_WINDOW_MS, since || RATE_WINDOW_MS);
  }

  /** @param delay from the server's clock when the event was made to ours when it was received */
  delayed(delay) {
    this.#delays.push(delay);
    if (this.#delays.length > LATENCY_WINDOW) this.#delays.shift();
  }

  /** The last delay; where the clocks disagree, only by how much it exceeds the shortest one. */
  latency() {
    if (this.#delays.length === 0) return null;
    const last = this.#delays.at(-1);
    const shortest = Math.min(...this.#delays);
    const skewed = shortest < 0 || shortest > BELIEVABLE_MS;
    return { ms: skewed ? last - shortest : last, skewed };
  }
}
