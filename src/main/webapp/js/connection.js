// The state of the connection on the page, and the two buttons that change it.

import { setText } from './figures.js';
import { describe } from './words.js';

const element = (id) => document.getElementById(id);

export function showConnection(stream, topics) {
  const words = describe(stream, navigator.onLine, Date.now());
  setText('state', words.headline);
  setText('detail', words.detail);
  element('connection').dataset.tone = words.tone;
  const prefix = words.headline === 'Live' ? [] : [words.headline];
  document.title = [...prefix, ...topics, 'Courant'].join(' · ');
  const reconnecting = stream.state.phase === 'reconnecting';
  swap(element(reconnecting ? 'drop' : 'reconnect'), element(reconnecting ? 'reconnect' : 'drop'));
}

/** Replaces one button with another. If the hidden button had the focus, the shown one gets it. */
function swap(hidden, shown) {
  const focused = document.activeElement === hidden;
  shown.hidden = false;
  if (focused) shown.focus();
  hidden.hidden = true;
}
