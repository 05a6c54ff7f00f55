// Joins the stream of the chosen topics to what shows it.

import { Chooser } from './chooser.js';
import { showConnection } from './connection.js';
import { command, copies } from './curl.js';
import { say } from './figures.js';
import { refusal } from './problem.js';
import { Publisher } from './publisher.js';
import { Stream } from './stream.js';
import { duration } from './time.js';
import { Tabs } from './tabs.js';
import { Token } from './token.js';
import { streamOf } from './topics.js';
import { View } from './view.js';

/** Away long enough to miss some numbers, which are then replayed. */
const DROP_MS = 3_000;
/** How soon a tab that waits for others looks again. */
const LOOK_AGAIN_MS = 2_000;
/** What is prefilled while the numbers are shown, which are not for publishing to. */
const FIRST_TOPIC = 'news/today';

const element = (id) => document.getElementById(id);
const token = new Token(() => publisher.showToken());
const types = new Set();
const view = new View();
const chooser = new Chooser(() => {
  begin();
  open();
});
const tabs = new Tabs(() => stream?.holds);
const publisher = new Publisher(token, {
  publishing: hear,
  shows: (topic) => chooser.topics.includes(topic),
  show: (topic) => chooser.choose([topic]),
});
const listener = { changed, message: (event) => view.message(event), gap: (event) => view.gap(event) };
let stream = null;

/** A stream of its own for each choice, so that the ids of one are never asked for in another. */
function begin(from = '') {
  stream?.close();
  const { topics } = chooser;
  const address = streamOf(topics, document.baseURI);
  // The numbers come every second; how often anything comes in another topic, nobody knows.
  stream = new Stream(address, listener, { steady: topics.length === 0, types, from });
  view.begin(stream, topics);
  publisher.suggest(topics[0] ?? FIRST_TOPIC);
  element('command').textContent = command(address);
}

/** Opens the stream as soon as the other tabs leave a connection for it. */
async function open() {
  const chosen = stream;
  while (!(await tabs.haveRoom())) {
    if (stream !== chosen) return;
    stream.wait();
    await new Promise((again) => setTimeout(again, LOOK_AGAIN_MS));
  }
  if (stream === chosen) stream.open();
}

/** What is published from here is to be seen here, whatever its type. */
function hear(type) {
  types.add(type);
  stream.hear(type);
}

function changed(state, before) {
  if (state.phase === 'reconnecting' && before.phase !== 'reconnecting') {
    view.note(state.reason === 'dropped' ? 'Connection dropped on purpose' : 'Connection lost');
    view.lost();
  }
  if (state.phase === 'live' && before.lostAt) {
    const away = duration(Date.now() - before.lostAt);
    view.note(`Back after ${away}` + (stream.lastId && `, asking for what came after ${stream.lastId}`));
  }
  if (state.reason === 'refused' && before.reason !== 'refused') ask(stream);
  showState();
  view.draw();
}

async function ask(refused) {
  refused.refusal = await refusal(streamOf(chooser.topics, document.baseURI));
  if (refused.refusal) showState();
}

function showState() {
  showConnection(stream, chooser.topics);
  view.expect(stream);
}

element('earlier').addEventListener('click', () => {
  begin('earliest');
  open();
});
element('pause').addEventListener('click', () => view.togglePause());
element('drop').addEventListener('click', () => stream.drop(DROP_MS));
element('reconnect').addEventListener('click', () => stream.reconnectNow());
copies(element('copy'), element('command'));

// An open stream keeps a page out of the back/forward cache: it is closed on leaving and opened on coming back.
addEventListener('pagehide', () => stream.close());
addEventListener('pageshow', (event) => event.persisted && open());
addEventListener('offline', showState);
addEventListener('online', () => (stream.state.phase === 'reconnecting' ? stream.reconnectNow() : showState()));

setInterval(() => {
  stream.check();
  showState();
  view.draw();
}, 1_000);

begin();
import('./chart.js')
  .then(({ Chart }) => (view.chart = new Chart(element('chart'))))
  .catch(() => say('no-chart', 'The chart could not be loaded; the numbers are in the list.'))
  .finally(open);
