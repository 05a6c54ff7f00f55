// The state of the connection on the page, and the two buttons that change it.

import { say } from './figures.js';
import { inWords } from './words.js';

const element = (id) => document.getElementById(id);

export function showConnection(stream, topics) {
  const words = inWords(stream, navigator.onLine, Date.now());
  say('state', words.headline);
  say('detail', words.detail);
  element('connection').dataset.tone = words.tone;
  const news = words.headline === 'Live' ? [] : [words.headline];
  document.title = [...news, ...topics, 'Courant'].join(' · ');
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
