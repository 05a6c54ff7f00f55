// Connects the stream of the chosen topics with the parts of the page.

import { Chooser } from './chooser.js';
import { showConnection } from './connection.js';
import { curlCommand, enableCopy } from './curl.js';
import { setText } from './figures.js';
import { findRefusal } from './problem.js';
import { Publisher } from './publisher.js';
import { Stream } from './stream.js';
import { Tabs } from './tabs.js';
import { duration } from './time.js';
import { Token } from './token.js';
import { streamAddress } from './topics.js';
import { View } from './view.js';

/** Long enough to miss some numbers, which the server then replays. */
const DROP_MS = 3_000;
/** The interval at which a waiting tab checks whether a connection is free. */
const TAB_CHECK_MS = 2_000;
/** The suggested topic while the page shows the random numbers, to which only the server publishes. */
const DEFAULT_TOPIC = 'news/today';

const element = (id) => document.getElementById(id);
const token = new Token(() => publisher.showToken());
const types = new Set();
const view = new View();
const chooser = new Chooser(() => {
  begin();
  open();
});
const tabs = new Tabs(() => stream?.isActive);
const publisher = new Publisher(token, {
  listenTo,
  isShown: (topic) => chooser.topics.includes(topic),
  show: (topic) => chooser.choose([topic]),
});
const listener = {
  changed,
  message: (event) => view.addEvent(event),
  gap: (event) => view.addGap(event),
};
let stream = null;

/** Creates a new stream for the chosen topics, which never resumes from an id of other topics. */
function begin(from = '') {
  stream?.close();
  const { topics } = chooser;
  const address = streamAddress(topics, document.baseURI);
  // Only the random numbers arrive at a steady rate: one every second.
  stream = new Stream(address, listener, { steady: topics.length === 0, types, from });
  view.begin(stream, topics);
  publisher.suggest(topics[0] ?? DEFAULT_TOPIC);
  element('command').textContent = curlCommand(address);
}

/** Opens the stream as soon as the other tabs leave a connection free. */
async function open() {
  const chosen = stream;
  while (!(await tabs.canOpenStream())) {
    if (stream !== chosen) return;
    stream.wait();
    await new Promise((again) => setTimeout(again, TAB_CHECK_MS));
  }
  if (stream === chosen) stream.open();
}

/** Receives events of a type that is published from this page. */
function listenTo(type) {
  types.add(type);
  stream.listenTo(type);
}

function changed(state, before) {
  if (state.phase === 'reconnecting' && before.phase !== 'reconnecting') {
    view.addNote(state.reason === 'dropped' ? 'Connection dropped' : 'Connection lost');
    view.markLoss();
  }
  if (state.phase === 'live' && before.lostAt) {
    const outage = duration(Date.now() - before.lostAt);
    view.addNote(`Reconnected after ${outage}` + (stream.lastId && `, resuming after ${stream.lastId}`));
  }
  if (state.reason === 'refused' && before.reason !== 'refused') showRefusal(stream);
  showState();
  view.draw();
}

async function showRefusal(refused) {
  refused.refusal = await findRefusal(streamAddress(chooser.topics, document.baseURI));
  if (refused.refusal) showState();
}

function showState() {
  showConnection(stream, chooser.topics);
  view.expectNumbers(stream);
}

element('earlier').addEventListener('click', () => {
  begin('earliest');
  open();
});
element('pause').addEventListener('click', () => view.togglePause());
element('drop').addEventListener('click', () => stream.drop(DROP_MS));
element('reconnect').addEventListener('click', () => stream.reconnectNow());
enableCopy(element('copy'), element('command'));

// Browsers do not cache a page with an open stream for the back button. So the stream is closed when the user leaves.
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
  .catch(() => setText('no-chart', 'The chart could not be loaded. The list of events contains the values.'))
  .finally(open);
