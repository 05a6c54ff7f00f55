// How many tabs of this browser hold a stream. Over HTTP/1.1 a browser opens six connections to a server, and a stream
// takes one for as long as it lives: with six of them not even a page loads any more.

const STREAMS = 5; // one connection is left for pages and for publishing
const ANSWERS_MS = 200;

const shared = () => performance.getEntriesByType('navigation')[0]?.nextHopProtocol ?? '';

export class Tabs {
  #channel = new BroadcastChannel('courant streams');
  #others = 0;

  /** @param holds whether this tab has a stream, or tries to have one again */
  constructor(holds) {
    this.#channel.addEventListener('message', ({ data }) => {
      if (data === 'held') this.#others += 1;
      else if (holds()) this.#channel.postMessage('held');
    });
  }

  /** Whether one more stream leaves a connection free. HTTP/2 and 3 carry all streams on one connection. */
  async haveRoom() {
    if (/^h[23]/.test(shared())) return true;
    this.#others = 0;
    this.#channel.postMessage('who holds a stream?');
    await new Promise((enough) => setTimeout(enough, ANSWERS_MS));
    return this.#others < STREAMS;
  }
}
