// The received events on the page. Each is recorded at once, and the page is drawn at most once per frame.

import { parseEvent, parseGap } from './events.js';
import { formatValue, setText, showFigures } from './figures.js';
import { EntryList } from './list.js';
import { StreamStatistics } from './statistics.js';

const ORDER = 'newest first, at most 200';
const SEVERAL = `${ORDER}; a stream of several topics does not contain the topic of an event`;
const WAITING = 'Waiting for the first number.';
const NO_NUMBERS = 'No number has arrived. With courant.numbers=false the server sends none: choose a topic above.';

/** The time without a number after which the page assumes that there are none. They arrive every second otherwise. */
const NUMBER_TIMEOUT_MS = 5_000;

const element = (id) => document.getElementById(id);

export class View {
  #statistics = new StreamStatistics();
  #list = new EntryList(element('entries'));
  #stream = null;
  #topics = [];
  #chart = null; // until it is loaded; the page also works without it
  #latest = null;
  #placeholder = WAITING; // the text in place of an empty chart
  #waiting = null; // the number of events since the view was paused
  #frame = null;

  /** Clears the view for another choice of topics. */
  begin(stream, topics) {
    this.#stream = stream;
    this.#topics = topics;
    this.#statistics = new StreamStatistics();
    this.#latest = null;
    this.#waiting = null;
    this.#list.clear();
    this.#chart?.clear();
    element('live').hidden = topics.length > 0;
    document.querySelector('main').classList.toggle('topics', topics.length > 0);
    element('order').textContent = topics.length > 1 ? SEVERAL : ORDER;
    element('column').textContent = topics.length > 0 ? 'Data' : 'Value';
    this.draw();
  }

  set chart(chart) {
    this.#chart = chart;
  }

  /** Shows a hint if an open stream of the numbers delivers none. */
  expectNumbers({ state }) {
    const missing = state.phase === 'live' && this.#latest === null && Date.now() - state.since > NUMBER_TIMEOUT_MS;
    if ((this.#placeholder === NO_NUMBERS) === missing) return;
    this.#placeholder = missing ? NO_NUMBERS : WAITING;
    this.draw();
  }

  togglePause() {
    this.#waiting = this.#waiting === null ? 0 : null;
    this.draw();
  }

  addNote(text) {
    this.#list.add({ kind: 'note', time: Date.now(), text, id: '' });
    this.draw();
  }

  markLoss() {
    this.#chart?.mark(false);
  }

  addEvent({ data, lastEventId: id, type }) {
    const now = Date.now();
    const event = parseEvent(data);
    const isNew = this.#statistics.recordEvent(id, now);
    if (this.#waiting !== null) this.#waiting += 1;
    const number = event.kind === 'number';
    if (number) this.#addNumber(event, isNew, now);
    const text = number && this.#topics.length === 0 ? formatValue(event.value) : event.text;
    const time = event.timestamp ?? now;
    this.#list.add({ kind: event.kind, time, text, id, type: type === 'message' ? '' : type });
    this.draw();
  }

  /** Adds a number to the chart. There is none for several topics: the stream does not contain the topic of an event. */
  #addNumber({ timestamp, value }, isNew, now) {
    if (timestamp !== undefined) this.#statistics.recordDelay(now - timestamp);
    if (this.#topics.length > 1) return;
    this.#latest = value;
    if (isNew) this.#chart?.add(timestamp ?? now, value);
  }

  addGap({ data }) {
    const { requested, resumed } = parseGap(data);
    this.#statistics.recordGap(resumed);
    this.addNote(`Gap: events after ${requested} may be missing; the stream continues after ${resumed}`);
    this.#chart?.mark(true);
  }

  draw() {
    this.#frame ??= requestAnimationFrame(() => {
      this.#frame = null;
      this.#drawNow();
    });
  }

  #drawNow() {
    const paused = this.#waiting !== null;
    element('waiting').hidden = !paused;
    element('pause').textContent = paused ? 'Resume' : 'Pause';
    setText('waiting', paused ? `Paused, ${this.#waiting} waiting` : '');
    if (paused) return;
    if (this.#latest !== null) element('live').hidden = false;
    this.#list.show();
    element('nothing').hidden = element('entries').rows.length > 0;
    element('earlier').hidden = this.#stream.from !== '';
    this.#chart?.show();
    if (this.#chart) setText('no-chart', this.#latest === null ? this.#placeholder : '');
    showFigures(this.#statistics, this.#stream, this.#latest, Date.now());
  }
}
