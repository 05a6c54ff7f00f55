// What has arrived, as the page shows it. It is taken in at once and drawn at most once a frame.

import { read, readGap } from './events.js';
import { asValue, say, showFigures } from './figures.js';
import { Ledger } from './ledger.js';
import { EntryList } from './list.js';

const ORDER = 'newest first, at most 200';
const SEVERAL = `${ORDER}; a stream of several topics does not say which of them an event is of`;
const SOON = 'Waiting for the first number.';
const NONE = 'No number has come. A server with courant.numbers=false sends none: choose a topic above.';

/** The numbers come every second: after so long there are none. */
const PATIENCE_MS = 5_000;

const element = (id) => document.getElementById(id);

export class View {
  #ledger = new Ledger();
  #list = new EntryList(element('entries'));
  #stream = null;
  #topics = [];
  #chart = null; // not yet there, or could not be loaded: the page works without it
  #latest = null;
  #none = SOON; // what stands in place of a chart
  #waiting = null; // how many events have come since the view was paused
  #frame = null;

  /** Begins anew: an id, a gap or a number of one choice of topics says nothing of another. */
  begin(stream, topics) {
    this.#stream = stream;
    this.#topics = topics;
    this.#ledger = new Ledger();
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

  /** Says so when an open stream of the numbers brings none. */
  expect({ state }) {
    const none = state.phase === 'live' && this.#latest === null && Date.now() - state.since > PATIENCE_MS;
    if ((this.#none === NONE) === none) return;
    this.#none = none ? NONE : SOON;
    this.draw();
  }

  togglePause() {
    this.#waiting = this.#waiting === null ? 0 : null;
    this.draw();
  }

  note(text) {
    this.#list.add({ kind: 'note', time: Date.now(), text, id: '' });
    this.draw();
  }

  lost() {
    this.#chart?.mark(false);
  }

  message({ data, lastEventId: id, type }) {
    const now = Date.now();
    const event = read(data);
    const isNew = this.#ledger.arrived(id, now);
    if (this.#waiting !== null) this.#waiting += 1;
    const number = event.kind === 'number';
    if (number) this.#number(event, isNew, now);
    const text = number && this.#topics.length === 0 ? asValue(event.value) : event.text;
    const time = event.timestamp ?? now;
    this.#list.add({ kind: event.kind, time, text, id, type: type === 'message' ? '' : type });
    this.draw();
  }

  /** Which of several topics an event is of, a stream does not say: one line through all would mean nothing. */
  #number({ timestamp, value }, isNew, now) {
    if (timestamp !== undefined) this.#ledger.delayed(now - timestamp);
    if (this.#topics.length > 1) return;
    this.#latest = value;
    if (isNew) this.#chart?.add(timestamp ?? now, value);
  }

  gap({ data }) {
    const { requested, resumed } = readGap(data);
    this.#ledger.skippedTo(resumed);
    this.note(`Gap: events after ${requested} may be missing; the stream continues after ${resumed}`);
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
    say('waiting', paused ? `Paused, ${this.#waiting} waiting` : '');
    if (paused) return;
    if (this.#latest !== null) element('live').hidden = false;
    this.#list.show();
    element('nothing').hidden = element('entries').rows.length > 0;
    element('earlier').hidden = this.#stream.from !== '';
    this.#chart?.show();
    if (this.#chart) say('no-chart', this.#latest === null ? this.#none : '');
    showFigures(this.#ledger, this.#stream, this.#latest, Date.now());
  }
}
