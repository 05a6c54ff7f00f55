// The delays before the page reconnects. The browser's own reconnects use the delay of the server's `retry:` field instead.

const MIN_MS = 1_000;
const MAX_MS = 30_000;

export class Backoff {
  #failures = 0;
  #random;

  constructor(random = Math.random) {
    this.#random = random;
  }

  /** Returns the next delay. It doubles, with jitter, so that not all pages reconnect to a restarted server at once. */
  next() {
    const full = Math.min(MIN_MS * 2 ** this.#failures++, MAX_MS);
    return full * (0.5 + this.#random() / 2);
  }

  reset() {
    this.#failures = 0;
  }
}
