// How long the page waits before it tries again. The browser's own retries wait as long as the server's `retry:` says.

const FIRST_MS = 1_000;
const LAST_MS = 30_000;

export class Backoff {
  #failures = 0;
  #random;

  constructor(random = Math.random) {
    this.#random = random;
  }

  /** Doubles, with jitter: a crowd of pages that lost the same server must not come back all at once. */
  next() {
    const full = Math.min(FIRST_MS * 2 ** this.#failures++, LAST_MS);
    return full * (0.5 + this.#random() / 2);
  }

  reset() {
    this.#failures = 0;
  }
}
