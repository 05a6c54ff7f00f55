// Joins the stream to what shows it. What arrives is taken in at once and drawn at most once a frame.

import { showCommand } from './curl.js';
import { read, readGap } from './events.js';
import { asValue, say, showFigures } from './figures.js';
import { Ledger } from './ledger.js';
import { EntryList } from './list.js';
import { Stream } from './stream.js';
import { duration } from './time.js';
import { inWords } from './words.js';

/** Away long enough to miss some numbers, which are then replayed. */
const DROP_MS = 3_000;

const element = (id) => document.getElementById(id);
const address = new URL('sse', document.baseURI).href;
const ledger = new Ledger();
const list = new EntryList(element('entries'));
const stream = new Stream(address, { changed, message, gap });
let chart = null; // not yet there, or could not be loaded: the page works without it
let latest = null;
let waiting = null; // how many events have come since the view was paused
let frame = null;

function note(text) {
  list.add({ kind: 'note', time: Date.now(), text, id: '' });
}

function changed(state, before) {
  if (state.phase === 'reconnecting' && before.phase !== 'reconnecting') {
    note(state.reason === 'dropped' ? 'Connection dropped on purpose' : 'Connection lost');
    chart?.mark(false);
  }
  if (state.phase === 'live' && before.lostAt) {
    const away = duration(Date.now() - before.lostAt);
    note(`Back after ${away}` + (stream.lastId && `, asking for what came after ${stream.lastId}`));
  }
  showState();
  draw();
}

function message({ data, lastEventId: id }) {
  const now = Date.now();
  const event = read(data);
  const isNew = ledger.arrived(id, now);
  if (waiting !== null) waiting += 1;
  if (event.kind === 'number') {
    latest = event.value;
    ledger.delayed(now - event.timestamp);
    if (isNew) chart?.add(event.timestamp, event.value);
    list.add({ kind: 'number', time: event.timestamp, text: asValue(event.value), id });
  } else list.add({ kind: 'raw', time: now, text: event.text, id });
  draw();
}

function gap({ data }) {
  const { requested, resumed } = readGap(data);
  ledger.skippedTo(resumed);
  note(`Gap: what came after ${requested} is gone; the stream goes on after ${resumed}`);
  chart?.mark(true);
  draw();
}

function showState() {
  const words = inWords(stream.state, stream.opens > 0, navigator.onLine, Date.now());
  say('state', words.headline);
  say('detail', words.detail);
  element('connection').dataset.tone = words.tone;
  document.title = words.headline === 'Live' ? 'Courant' : `${words.headline} · Courant`;
  const away = stream.state.phase === 'reconnecting';
  swap(element(away ? 'drop' : 'reconnect'), element(away ? 'reconnect' : 'drop'));
}

/** One place, two buttons: the keyboard's focus must not be lost with the one that goes. */
function swap(going, coming) {
  const focused = document.activeElement === going;
  coming.hidden = false;
  if (focused) coming.focus();
  going.hidden = true;
}

function draw() {
  frame ??= requestAnimationFrame(() => {
    frame = null;
    element('waiting').hidden = waiting === null;
    element('pause').textContent = waiting === null ? 'Pause' : 'Resume';
    say('waiting', waiting === null ? '' : `Paused, ${waiting} waiting`);
    if (waiting !== null) return;
    list.show();
    chart?.show();
    if (chart && latest !== null) say('no-chart', '');
    showFigures(ledger, stream, latest, Date.now());
  });
}

element('pause').addEventListener('click', () => {
  waiting = waiting === null ? 0 : null;
  draw();
});
element('drop').addEventListener('click', () => stream.drop(DROP_MS));
element('reconnect').addEventListener('click', () => stream.reconnectNow());
showCommand(element('command'), element('copy'), address);

// An open stream keeps a page out of the back/forward cache: it is closed on leaving and opened on coming back.
addEventListener('pagehide', () => stream.close());
addEventListener('pageshow', (event) => event.persisted && stream.open());
addEventListener('offline', showState);
addEventListener('online', () => (stream.state.phase === 'reconnecting' ? stream.reconnectNow() : showState()));

setInterval(() => {
  stream.check();
  showState();
  draw();
}, 1_000);

import('./chart.js')
  .then(({ Chart }) => (chart = new Chart(element('chart'))))
  .catch(() => say('no-chart', 'The chart could not be loaded; the numbers are in the list.'))
  .finally(() => stream.open());
