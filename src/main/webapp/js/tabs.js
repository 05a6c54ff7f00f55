// Counts the tabs of this browser that have a stream open. Over HTTP/1.1 a browser opens at most six connections to a
// server, and each stream uses one. With six streams no page of the server loads any more.

const MAX_STREAMS = 5; // leaves one connection for pages and publishing
const REPLY_MS = 200;

const protocol = () => performance.getEntriesByType('navigation')[0]?.nextHopProtocol ?? '';

export class Tabs {
  #channel = new BroadcastChannel('courant streams');
  #others = 0;

  /** @param hasStream returns whether this tab has a stream, or tries to open one */
  constructor(hasStream) {
    this.#channel.addEventListener('message', ({ data }) => {
      if (data === 'held') this.#others += 1;
      else if (hasStream()) this.#channel.postMessage('held');
    });
  }

  /** Returns whether another stream would leave a connection free. HTTP/2 and 3 need one connection for all streams. */
  async canOpenStream() {
    if (/^h[23]/.test(protocol())) return true;
    this.#others = 0;
    this.#channel.postMessage('who holds a stream?');
    await new Promise((resolve) => setTimeout(resolve, REPLY_MS));
    return this.#others < MAX_STREAMS;
  }
}
